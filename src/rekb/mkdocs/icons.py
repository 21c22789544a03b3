"""The theme writes each icon's drawing into every page; here they stand once, in the style sheet.

A page then has an empty drawing with a class, which the sheet fills with the colour of the text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig

from rekb.site import Site

SHEET = "assets/rekb/rekb.css"
"""The style sheet of every page."""
_FOLDER = ".icons"
_OF_THEME = (
    "material/arrow-left", "material/arrow-up", "material/close", "material/library", "material/magnify",
    "material/menu",
)  # fmt: skip
"""Icons that the theme shows around pages, whatever the configuration says."""
_DRAWING = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" (viewBox="[\d .]+")>(<path d="[^"<>]*"/>)+</svg>'
)
"""A drawing in one colour; another one, with colours of its own, stays in the pages."""
_KEPT = " /:=,"
# Chrome knew masks by the prefixed name alone until the end of 2023. Where a person chose the colours of
# all pages, browsers repaint every background, and an icon would be as light as the page.
_RULES = """.rekb-icon{background:currentcolor;-webkit-mask:var(--shape);mask:var(--shape)}
@media (forced-colors:active){.rekb-icon{forced-color-adjust:none;background:ButtonText}}
"""


def icons_of(config: MkDocsConfig) -> dict[str, str]:
    """Return the icons around pages: drawing as the theme's files have it to the class that stands for it."""
    found = {}
    for name in sorted({*_OF_THEME, *_configured(config)}):
        drawing = _read(config, name)
        if _DRAWING.fullmatch(drawing):
            found[drawing] = f"rekb-icon--{name.replace('/', '-')}"
    return found


def _configured(config: MkDocsConfig) -> Iterator[str]:
    """Yield the icons that mkdocs.yml names."""
    icons = config.theme.get("icon")
    if isinstance(icons, dict):
        yield from (name for name in icons.values() if isinstance(name, str))
    palettes = config.theme.get("palette")
    if not isinstance(palettes, list):
        return
    for palette in palettes:
        name = (palette.get("toggle") or {}).get("icon")
        if isinstance(name, str):
            yield name


def _read(config: MkDocsConfig, name: str) -> str:
    for folder in config.theme.dirs:
        file = Path(folder) / _FOLDER / f"{name}.svg"
        if file.is_file():
            return file.read_text(encoding="utf-8").strip()
    return ""


def icon_rules(icons: Mapping[str, str]) -> str:
    """Return the part of the style sheet that holds the drawings."""
    if icons:
        rules = [_RULES]
    else:
        rules = []
    for drawing, name in icons.items():
        # The address is in double quotes, so the drawing inside it has single ones.
        shape = f'url("data:image/svg+xml,{quote(drawing.replace(chr(34), chr(39)), safe=_KEPT)}")'
        rules.append(f".{name}{{--shape:{shape}}}\n")
    return "".join(rules)


def with_rules(site: Site, icons: Mapping[str, str]) -> Site:
    """Return a site whose style sheet has the drawings."""
    rules = icon_rules(icons).encode()
    assets = (replace(one, made=one.content + rules) if one.path == SHEET else one for one in site.assets)
    return replace(site, assets=tuple(assets))


def with_classes(text: str, icons: Mapping[str, str]) -> str:
    """Return what is around a page with a class in place of each drawing."""
    for drawing, name in icons.items():
        if drawing in text:
            size = _size(drawing)
            text = text.replace(drawing, f'<svg class="rekb-icon {name}" {size}></svg>')
    return text


def _size(drawing: str) -> str:
    found = _DRAWING.fullmatch(drawing)
    if found:
        return found[1]
    return ""
