"""Preview images of 1200 by 630 pixels, drawn at build time from the data alone and kept between builds."""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from functools import cache, partial
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from rekb.files import sweep, write_file
from rekb.kb.documents import short_authors, venue_label
from rekb.site.page import Asset, SiteSettings
from rekb.site.parts.views import Material, formal_record
from rekb.site.urls import HOME, entry_path
from rekb.text import amount

# Social networks recommend this size for `og:image`, and cut images of another shape.
SIZE = (1200, 630)
_DRAWN = "4"  # raised when the drawing changes, so that no image of before is used
_MARGIN = 72
_INK, _SOFT = 255, 170
_SHADES = ((18, 52, 77), (64, 117, 132), (128, 208, 198), (255, 255, 255))
"""From paper to ink; the third is that of soft text and of the bar. Sixteen would be twice the bytes."""
_BAR = 2
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PALETTE = 3
"""How PNG calls pictures whose pixels are numbers of colours."""
_PACKED = 8
"""How hard pictures are packed; the next level takes more than twice as long for less than a hundredth."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one preview image says."""

    site: str
    headline: str
    text: str
    foot: str


@dataclass(frozen=True, slots=True)
class Fonts:
    """The files of the two weights; any format that FreeType reads."""

    bold: Path
    normal: Path


_FONT_FILES = Path(__file__).parents[1] / "fonts"
FONTS = Fonts(_FONT_FILES / "lato-bold.woff2", _FONT_FILES / "lato-normal.woff2")
"""Ours, so that images look the same whatever theme or engine is installed."""


def card_path(page: str) -> str:
    """Return the address of a page's image: its own for home and works, that of the whole site elsewhere."""
    if page.startswith("papers/"):
        return f"{page}card.png"
    return "card.png"


def card_assets(material: Material, settings: SiteSettings, fonts: Fonts, kept: Path) -> Iterator[Asset]:
    """Return the image of the site and of each work; what `kept` holds from before is not drawn again."""
    count = len(material.base.entries)
    # A run that was killed while it wrote an image leaves a part of a file behind.
    sweep(kept)
    whole = Card(settings.name, settings.name, settings.description, amount(count, "work"))
    yield Asset(card_path(HOME), partial(_image, whole, fonts, kept))
    for key, entry in material.base.entries.items():
        record = formal_record(material.base, key)
        where = f"{short_authors(entry)}  ·  {venue_label(material.base, record)} {record.year}"
        text = entry.title if entry.display_name != entry.title else ""
        card = Card(settings.name, entry.display_name, text, where)
        yield Asset(card_path(entry_path(key)), partial(_image, card, fonts, kept), key)


def _image(card: Card, fonts: Fonts, kept: Path) -> bytes:
    # With a sign between them, `ab`, `c` and `a`, `bc` are two images.
    drawn = "\0".join((_DRAWN, fonts.bold.name, fonts.normal.name, *astuple(card)))
    file = kept / f"{hashlib.sha256(drawn.encode()).hexdigest()[:32]}.png"
    if file.is_file():
        return file.read_bytes()
    content = draw(card, fonts)
    kept.mkdir(parents=True, exist_ok=True)
    # An image that is lost is drawn again, so no build waits until the disk has it.
    write_file(file, content, durable=False)
    return content


def draw(card: Card, fonts: Fonts) -> bytes:
    """Return the PNG of a card in four colours; the same card gives the same bytes."""
    image = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(image)
    pen.text((_MARGIN, 56), card.site, font=_font(fonts.normal, 30), fill=_SOFT)
    below = _paragraph(pen, 140, Text(card.headline, fonts.bold, _fitting(card.headline), 3, _INK))
    _paragraph(pen, below + 20, Text(card.text, fonts.normal, 36, 4, _SOFT))
    pen.text((_MARGIN, SIZE[1] - 96), card.foot, font=_font(fonts.normal, 34), fill=_INK)
    levels = image.point([round(value * (len(_SHADES) - 1) / 255) for value in range(256)])
    levels.paste(_BAR, (0, 0, 16, SIZE[1]))
    return _png(levels)


def _png(levels: Image.Image) -> bytes:
    """Return a picture of shades as PNG, two bits a pixel.

    Pillow's own writer takes four times as long for a twentieth more bytes.
    """
    width, height = levels.size
    pixels = levels.convert("P").tobytes("raw", "P;2")
    # Each line begins with the number of its filter; pictures of few colours pack best without one.
    line = width // 4
    lines = b"".join(b"\0" + pixels[start : start + line] for start in range(0, len(pixels), line))
    palette = bytes(channel for shade in _SHADES for channel in shade)
    packer = zlib.compressobj(_PACKED, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL + 1)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 2, _PALETTE, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", packer.compress(lines) + packer.flush()),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph and how it is set."""

    text: str
    font: Path
    size: int
    lines: int
    ink: int


def _fitting(text: str) -> int:
    return next(size for most, size in ((22, 88), (60, 62), (len(text), 46)) if len(text) <= most)


def _paragraph(pen: ImageDraw.ImageDraw, top: int, given: Text) -> int:
    """Write a paragraph; return where the next may begin."""
    font = _font(given.font, given.size)
    lines = wrapped(given.text, lambda line: font.getlength(line) <= SIZE[0] - 2 * _MARGIN, given.lines)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, top + number * given.size * 5 // 4), line, font=font, fill=given.ink)
    return top + len(lines) * given.size * 5 // 4


def wrapped(text: str, fits: Callable[[str], bool], most: int) -> list[str]:
    """Break text into at most `most` lines that fit; what is left over becomes an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] = f"{lines[-1]} {word}"
        elif len(lines) == most:
            lines[-1] = f"{lines[-1].rstrip(',;:')}…"
            break
        else:
            lines.append(_cut(word, fits))
    return lines


def _cut(word: str, fits: Callable[[str], bool]) -> str:
    while len(word) > 1 and not fits(word):
        word = word[:-1]
    return word


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    # Only some builds of Pillow have Raqm, which sets letters otherwise; all have the basic layout.
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
