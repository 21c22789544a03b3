"""One colour made into those of a site, each with enough contrast to what is behind it (WCAG 2)."""

from dataclasses import dataclass

_TEXT_CONTRAST = 4.6
"""Contrast of text on panels: a little over the 4.5 that WCAG asks for, as colours are rounded."""
_HEADER_CONTRAST = 8.0
"""Contrast of white on the header, whose small links are read at a glance."""
_PANEL = "#f5f7f9"
"""The ground on which the accent has the least contrast in the light scheme."""
_PANEL_AT_NIGHT = "#182129"
"""The same in the dark scheme."""
_STEPS = 50
"""In so many steps a colour is mixed towards black or white."""
_DARK_PART = 0.04045
"""Below this, WCAG takes a part of a colour as proportional to its light."""


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
    header = reached(colour, "#000000", "#ffffff", _HEADER_CONTRAST)
    night = mixed(header, "#000000", 0.55)
    return Palette(
        accent=reached(colour, "#000000", _PANEL, _TEXT_CONTRAST),
        accent_at_night=reached(colour, "#ffffff", _PANEL_AT_NIGHT, _TEXT_CONTRAST),
        header=header,
        header_light=mixed(header, "#ffffff", 0.15),
        header_dark=mixed(header, "#000000", 0.3),
        night=night,
        night_light=mixed(night, "#ffffff", 0.12),
        night_dark=mixed(night, "#000000", 0.3),
    )


def reached(colour: str, towards: str, ground: str, wanted: float) -> str:
    """Return a colour, mixed with another as little as gives the wanted contrast to a ground."""
    for step in range(_STEPS + 1):
        candidate = mixed(colour, towards, step / _STEPS)
        if contrast(candidate, ground) >= wanted:
            return candidate
    return towards


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    text = "#"
    for own, added in zip(_parts(colour), _parts(other), strict=True):
        part = round(own + (added - own) * share)
        text += f"{part:02x}"
    return text


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    # Both 0.05 are of WCAG's definition of contrast.
    return (high + 0.05) / (low + 0.05)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    # The numbers are those of WCAG's definition of relative luminance.
    red, green, blue = _parts(colour)
    return 0.2126 * _light(red) + 0.7152 * _light(green) + 0.0722 * _light(blue)


def _light(part: int) -> float:
    # These are the numbers by which sRGB stores light; WCAG takes them over.
    share = part / 255
    if share <= _DARK_PART:
        return share / 12.92
    return float(((share + 0.055) / 1.055) ** 2.4)
