"""One colour made into those of a site, each with enough contrast to where it stands (WCAG 2)."""

from dataclasses import dataclass

_TEXT, _HEADER = 4.6, 8.0
"""Contrast of text on panels, and of white on the header."""
_PANEL, _PANEL_AT_NIGHT = "#f5f7f9", "#182129"
"""The grounds on which the accent has the least contrast, in either scheme."""
_STEPS = 50


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of both schemes."""

    accent: str
    accent_at_night: str
    header: str
    header_light: str
    header_dark: str
    night: str
    night_light: str
    night_dark: str


def palette(colour: str) -> Palette:
    """Return the colours that follow from an accent ``#rrggbb``."""
    header = reached(colour, "#000000", "#ffffff", _HEADER)
    night = mixed(header, "#000000", 0.55)
    return Palette(
        accent=reached(colour, "#000000", _PANEL, _TEXT),
        accent_at_night=reached(colour, "#ffffff", _PANEL_AT_NIGHT, _TEXT),
        header=header,
        header_light=mixed(header, "#ffffff", 0.15),
        header_dark=mixed(header, "#000000", 0.3),
        night=night,
        night_light=mixed(night, "#ffffff", 0.12),
        night_dark=mixed(night, "#000000", 0.3),
    )


def reached(colour: str, towards: str, ground: str, wanted: float) -> str:
    """Return a colour, mixed with another as little as gives the wanted contrast to a ground."""
    steps = (mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next((found for found in steps if contrast(found, ground) >= wanted), towards)


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    parts = (round(a + (b - a) * share) for a, b in zip(_parts(colour), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    scaled = (part / 255 for part in _parts(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in scaled)  # noqa: PLR2004 - as WCAG defines it
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
