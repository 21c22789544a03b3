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
    views = []
    for name, level in config.levels.items():
        text = summary.text(name)
        if text:
            views.append(LevelView(name, level.label, level.audience, html(name, text)))
    return tuple(views)


def easiest_text(config: Config, summary: Summary | TopicSummary | None, otherwise: str) -> str:
    """Return what descriptions and previews say: the easiest level as plain text, or something else."""
    return _at_level(config.reading.easiest, summary) or otherwise


def default_text(config: Config, summary: Summary | TopicSummary | None, otherwise: str = "") -> str:
    """Return what tables and text files say: the level shown first as plain text, or something else."""
    return _at_level(config.reading.default, summary) or otherwise


def _at_level(level: str, summary: Summary | TopicSummary | None) -> str:
    if summary is None:
        return ""
    return text_only(summary.text(level))
