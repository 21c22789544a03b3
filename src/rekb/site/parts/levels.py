"""Reading levels on pages: their texts, and which of them speaks where there is room for one."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from rekb.model import Config
from rekb.model.levels import Summary, TopicSummary
from rekb.site.parts.prose import text_only


@dataclass(frozen=True, slots=True)
class LevelView:
    """One reading level of a text."""

    id: str
    label: str
    audience: str
    html: Markup


def level_views(
    config: Config, summary: Summary | TopicSummary | None, html: Callable[[str, str], Markup]
) -> tuple[LevelView, ...]:
    """Return the levels that are written, easiest first.

    Args:
        config: what names the levels.
        summary: the texts; none is without levels.
        html: makes HTML of a level and its text.
    """
    if summary is None:
        return ()
    written = ((name, level, summary.text(name)) for name, level in config.levels.items())
    return tuple(
        LevelView(name, level.label, level.audience, html(name, text))
        for name, level, text in written
        if text
    )


def easiest_text(config: Config, summary: Summary | TopicSummary | None, otherwise: str) -> str:
    """Return what descriptions and previews say: the easiest level as plain text, or something else."""
    text = summary.text(config.reading.easiest) if summary else ""
    return text_only(text) if text else otherwise


def default_text(config: Config, summary: Summary | TopicSummary | None, otherwise: str = "") -> str:
    """Return what tables and text files say: the level shown first as plain text, or something else."""
    text = summary.text(config.reading.default) if summary else ""
    return text_only(text) if text else otherwise
