"""The offline copy: the finished site as one archive whose pages work when opened from disk."""

import json
import os
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urljoin

ARCHIVE = "downloads/offline.zip"
FOLDER = "site"
"""The folder inside the archive."""
_NOT_TAKEN = ("downloads/", "schema/")
_READ_BY_PAGES = tuple(
    f"downloads/{name}"
    for name in ("all.bib", "all.ris", "all.csl.json", "all.csv", "identifiers.json", "coins.json")
)
"""Downloads that pages read: what is selected is cut from them, and a bibliography compared with them."""
_PAGE = re.compile(r"""(<(?:a|form)\b[^>]*?\b(?:href|action)=["'])([^"'#?]*)""")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_EARLY = re.compile(r'<script src="([^"]*)assets/rekb/rekb-early\.js"[^>]*></script>')
_ELSEWHERE = re.compile(r"[a-z]+:|/")
_KINDS = (".html", ".css", ".js", ".png", ".jpg", ".svg", ".woff2")
_LEVEL = 4
"""A fifth more work than level 3 for a sixteenth less; level 6 takes half as much again for 4 per cent."""
_FOR_OTHERS = re.compile(
    r'<meta (?:property="og:|name="twitter:)[^>]*>\n?|<script type="application/ld\+json">[^<]*</script>\n?'
)
"""What search engines and previews read of a page; none of them reads a copy on a disk."""
# Each member of a ZIP file has a date, from 1980 on; a fixed one gives the same bytes in every run.
_TIME = (1980, 1, 1, 0, 0, 0)


def taken_from(site: Path) -> tuple[str, ...]:
    """Return the files of a finished site that the archive is made of, as paths below it, in order.

    Left out are other downloads and the files of single works; links to them lead to the site on the web.
    """
    found = []
    for name in _names(site):
        if _taken(name) or name in _READ_BY_PAGES:
            found.append(name)
    # Folders are walked in the order of the disk, which differs from machine to machine.
    return tuple(sorted(found))


def _names(site: Path) -> Iterator[str]:
    for folder, _, names in os.walk(site):
        inner = Path(folder).relative_to(site)
        yield from ((inner / name).as_posix() for name in names)


def write_archive(site: Path, names: Iterable[str], url: str) -> int:
    """Write the archive of these files of a finished site below it; return its size in bytes.

    Its bytes depend on the site's alone.
    """
    target = site / ARCHIVE
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _members(site, tuple(names), url):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _TIME)
            # The upper half holds Unix permissions; without them Python lets only the owner read a file.
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=_LEVEL)
    return target.stat().st_size


def _members(site: Path, names: tuple[str, ...], url: str) -> Iterator[tuple[str, bytes]]:
    links = Links(frozenset(filter(_taken, names)), url)
    for name in names:
        content = (site / name).read_bytes()
        if name.endswith(".html"):
            yield name, offline_page(content.decode(), name, links).encode()
        elif name.endswith(".json") or name in _READ_BY_PAGES:
            yield f"{name}.js", data_script(name, content.decode()).encode()
        else:
            yield name, content
    script = (files("rekb.site") / "static" / "offline.js").read_bytes()
    yield "assets/rekb/offline.js", script


def _taken(name: str) -> bool:
    page = name.endswith("/index.html")
    # Previews are for other sites, and a server answers wrong addresses: a copy on a disk needs neither.
    if name.endswith(("card.png", "404.html")) or (name.startswith(_NOT_TAKEN) and not page):
        return False
    data = name.endswith("/compare.json") or name.startswith("assets/rekb/")
    if data:
        return True
    return name.endswith(_KINDS)


@dataclass(frozen=True, slots=True)
class Links:
    """What links of pages become in the copy."""

    taken: frozenset[str]
    """The files that are taken along."""
    url: str
    """Where the site is, for links to others; empty where that is not known."""
    _seen: dict[str, dict[str, str]] = field(default_factory=dict)
    """Links that lead up first mean the same on all pages of a folder, and most pages share them."""

    def on(self, name: str) -> Callable[[re.Match[str]], str]:
        """Return what puts another address into each link of the page `name`."""
        folder = name.rpartition("/")[0]
        own: dict[str, str] = {}
        shared = own
        if folder:
            shared = self._seen.setdefault(folder.rpartition("/")[0], {})

        def replaced(link: re.Match[str]) -> str:
            before, address = link.groups()
            seen = shared if address.startswith("../") else own
            found = seen.get(address)
            if found is None:
                found = seen[address] = self._new(name, address)
            return before + found

        return replaced

    def _new(self, name: str, address: str) -> str:
        file = named_file(address)
        if not (self.url and file) or _ELSEWHERE.match(file):
            return file
        if _target(name.split("/")[:-1], file) in self.taken:
            return file
        return urljoin(self.url + name, address)


def offline_page(html: str, name: str, links: Links) -> str:
    """Return a page whose links name files, and which reads data without a server.

    A browser gives pages on disk no origin that ``'self'`` could mean, so the policy names ``file:``.
    """
    head, end, rest = html.partition("</head>")
    html = f"{_FOR_OTHERS.sub('', head)}{end}{rest}"
    html = _POLICY.sub(lambda match: match[0].replace("'self'", "file:"), html, count=1)
    html = _PAGE.sub(links.on(name), html)
    # It replaces `fetch`, so it is before the first script that could ask for data.
    script = r'<script src="\1assets/rekb/offline.js" data-rekb-root="\1"></script>\n\g<0>'
    return _EARLY.sub(script, html, count=1)


def _target(folders: list[str], file: str) -> str:
    """Return where a relative link leads, as a path below the root of the site."""
    path = unquote(unescape(file))
    above = 0
    while path.startswith("../", 3 * above):
        above += 1
    rest = path[3 * above :]
    if above > len(folders) or rest.startswith(".") or "/." in rest or "//" in rest:
        return posixpath.normpath("/".join((*folders, path)))
    return "/".join((*folders[: len(folders) - above], rest))


def named_file(address: str) -> str:
    """Return the file that a relative link to a folder means; other links stay."""
    if not address or _ELSEWHERE.match(address):
        return address
    if address.endswith("/") or address.rpartition("/")[2] in (".", ".."):
        return f"{address.rstrip('/')}/index.html"
    return address


def data_script(name: str, text: str) -> str:
    """Return a data file as a script, for pages on disk may run scripts and not read files."""
    return f"rekbOffline({json.dumps(name)}, {json.dumps(text, ensure_ascii=False)});\n"
