"""Reading levels on pages: their texts, and the parts of style sheet and script that know their names."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from rekb.model import Config
from rekb.model.levels import ReadingLevels, Summary, TopicSummary
from rekb.site.prose import text_only

_RULE = re.compile(r"[^\n]*REKB_LEVEL[^\n]*(?= \{)")


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


def with_levels(content: bytes, levels: ReadingLevels) -> bytes:
    """Return a style sheet or script with the names of the levels in place of ``REKB_LEVEL``."""
    text = content.decode()
    text = text.replace("REKB_LEVELS", json.dumps(levels.ids)).replace(
        "REKB_DEFAULT", json.dumps(levels.default)
    )
    return _RULE.sub(
        lambda rule: ",\n".join(rule[0].replace("REKB_LEVEL", level) for level in levels.ids), text
    ).encode()
