"""Badges for authors' READMEs, as SVG: a line with what a work gains, and a card with its best number."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from rekb.site.page import Asset, SiteSettings
from rekb.site.parts.numbers import result_line
from rekb.site.parts.strip import best_result
from rekb.site.parts.views import Material, RowView
from rekb.site.urls import badge_path, card_badge_path

_SIGN = 6.3
"""Pixels of a letter at 11 pixels; the text is stretched to what is reckoned, whichever font shows it."""
_WIDE = 1.35
"""How much wider capitals are."""
_PADDING = 7
_GAINS = 3
"""Gains that a badge names."""
# An SVG that is shown as an image loads no fonts, so only those of the reader's machine are named.
_FONT = "Verdana,DejaVu Sans,Geneva,sans-serif"
_BADGE = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{label}">'
    "<title>{label}</title>"
    '<clipPath id="r"><rect width="{width}" height="20" rx="3"/></clipPath><g clip-path="url(#r)">'
    '<rect width="{left}" height="20" fill="#12344d"/>'
    '<rect x="{left}" width="{right}" height="20" fill="#0a6b62"/></g>'
    '<g fill="#fff" font-family="{font}" font-size="11">'
    '<text x="{pad}" y="14" textLength="{left_text}">{name}</text>'
    '<text x="{start}" y="14" textLength="{right_text}">{gains}</text></g></svg>\n'
)
_CARD = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="132" viewBox="0 0 480 132" role="img" '
    'aria-label="{label}"><title>{label}</title>'
    '<rect x=".5" y=".5" width="479" height="131" rx="8" fill="#fff" stroke="#d5dce2"/>'
    '<rect x=".5" y=".5" width="6" height="131" rx="3" fill="#0a6b62"/>'
    '<g font-family="{font}" fill="#16222c">'
    '<text x="22" y="32" font-size="17" font-weight="700">{name}</text>'
    '<text x="22" y="52" font-size="11" fill="#51606d">{place}</text>'
    '<text x="22" y="80" font-size="12" fill="#0b5a3d">{gains}</text>'
    '<text x="22" y="100" font-size="12">{best}</text>'
    '<text x="22" y="121" font-size="10" fill="#51606d">{site}</text></g></svg>\n'
)
_NAME = 44
_LINE = 64
"""Signs that fit on a line of the card."""


def badge_assets(material: Material, settings: SiteSettings) -> Iterator[Asset]:
    """Yield the badge and the card of each work."""
    for key, row in material.rows.items():
        yield Asset(badge_path(key), partial(_badge, row), key)
        yield Asset(card_badge_path(key), partial(_card, material, row, settings), key)


def _badge(row: RowView) -> bytes:
    gains = " ".join(_gains(row)) or "listed"
    name = _cut(row.name, _NAME)
    left_text = _width(name)
    right_text = _width(gains)
    left = left_text + 2 * _PADDING
    right = right_text + 2 * _PADDING
    filled = _BADGE.format(
        width=left + right,
        left=left,
        right=right,
        left_text=left_text,
        right_text=right_text,
        start=left + _PADDING,
        pad=_PADDING,
        font=_FONT,
        label=f"{name}: {gains}",
        name=name,
        gains=gains,
    )
    return str(filled).encode()


def _card(material: Material, row: RowView, settings: SiteSettings) -> bytes:
    best = best_result(material.base, row.key)
    number = ""
    if best:
        line = result_line(material.base, row.key, best)
        number = f"{line.value} {line.metric}"
    filled = _CARD.format(
        label=f"{row.name}, {row.venue}",
        font=_FONT,
        name=_cut(row.name, _NAME),
        place=_cut(f"{row.authors}, {row.venue}", _LINE),
        gains=_cut("   ".join(_gains(row)), _LINE),
        best=_cut(number, _LINE),
        site=_cut(settings.name, _LINE),
    )
    return str(filled).encode()


def _gains(row: RowView) -> list[str]:
    found: list[str] = []
    for badge in row.saves[:_GAINS]:
        found.append(f"{badge.sign} {badge.label.lower()}")
    return found


def _width(text: str) -> int:
    wide = sum(sign.isupper() or not sign.isascii() for sign in text)
    return round(_SIGN * (len(text) + (_WIDE - 1) * wide))


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rstrip()}…"
