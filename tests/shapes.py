"""The shape of a page: its elements and attributes, without what they say."""

import re
from collections import Counter
from html.parser import HTMLParser

_SIGN = re.compile(r"&(?:#\w+|\w+);")
"""A sign that is written by its name: it is text or part of a value, never markup."""


class _Shape(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.counted: Counter[str] = Counter()

    def updatepos(self, _: int, after: int) -> int:
        """Count no lines: nobody asks where an element stands."""
        return after

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element with the names of its attributes."""
        self.counted[" ".join((tag, *sorted(name for name, _ in attrs)))] += 1

    def handle_comment(self, data: str) -> None:
        """Count a comment."""
        self.counted["<!--"] += bool(data) or 1

    def handle_decl(self, decl: str) -> None:
        """Count a declaration."""
        self.counted[f"<!{decl.split(maxsplit=1)[0].lower()}"] += 1

    def handle_pi(self, data: str) -> None:
        """Count a processing instruction."""
        self.counted[f"<?{data[:3]}"] += 1


def shape(html: str) -> Counter[str]:
    """Return how many elements of each kind a page has, by tag and names of attributes."""
    parser = _Shape()
    # To read them one by one takes long; another sign in their place leaves the shape as it is.
    parser.feed(_SIGN.sub("_", html))
    parser.close()
    return parser.counted


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)


def words(html: str) -> str:
    """Return what a page says, white space folded."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.texts).split())
