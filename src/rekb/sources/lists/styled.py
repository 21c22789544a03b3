"""The text of some pieces, with holes where links stood, and the places of what is set in a style."""

from dataclasses import dataclass

from rekb.sources.lists.pieces import HOLE, Link, Pieces


@dataclass(frozen=True, slots=True)
class StyledText:
    """A text and how its parts are set."""

    text: str
    styled: tuple[tuple[str, int, int], ...]
    """Style, begin and end of each run that has it."""
    images: tuple[str, ...] = ()
    """Addresses of the pictures."""

    def spans(self, style: str) -> list[tuple[int, int]]:
        """Return where a text is set in a style; neighbouring runs are one."""
        found = []
        for name, begin, end in self.styled:
            if name == style:
                found.append((begin, end))
        return found


def styled_text(pieces: Pieces, kept: Link | None) -> StyledText:
    """Return the text of some pieces.

    Args:
        pieces: the pieces.
        kept: the one link whose words are part of the text; all others leave a hole.
    """
    text = ""
    position = 0
    runs: list[tuple[str, int, int]] = []
    images: list[str] = []
    for piece in pieces:
        if piece.image:
            visible = ""
        else:
            visible = piece.text
        is_kept = kept is not None and kept.start <= position < kept.end
        if piece.image:
            images.append(piece.image)
        if piece.address and not (is_kept and kept is not None and piece.address == kept.address):
            text += HOLE
        else:
            # Lists that people edit by hand have broken ends of elements: `<ins>ICML, 2025/ins>`.
            clean = visible.replace("/ins>", "")
            for style in piece.styles:
                _extend(runs, style, len(text), len(text) + len(clean))
            text += clean
        position += len(visible)
    return StyledText(text, tuple(runs), tuple(images))


def _extend(runs: list[tuple[str, int, int]], style: str, begin: int, end: int) -> None:
    """Add a run, or make the last one of its style longer where it ends here."""
    for number in range(len(runs) - 1, -1, -1):
        if runs[number][0] == style:
            if runs[number][2] == begin:
                runs[number] = (style, runs[number][1], end)
                return
            break
    runs.append((style, begin, end))
