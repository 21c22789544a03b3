"""The same site under every engine that can take over from MkDocs 1: pages, files, policy, search."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from mkdocs.config import load_config
from playwright.sync_api import Browser, expect

from fixture_kb import KB
from rekb.cli.commands.site import LEFT_OUT
from rekb.engines.finish import finish
from rekb.engines.handwritten import HandWritten, sections_of
from rekb.engines.notes import NOTES, PROJECT
from rekb.engines.table import ENGINES
from rekb.errors import RekbError
from rekb.mkdocs.plugin import THEME
from rekb.site.outputs.offline import ARCHIVE
from rekb.site.outputs.policy import script_hash
from rekb.site.outputs.search_index import Section
from rekb.site.outputs.sitemap import Place, sitemap
from served import served
from shapes import shape, words
from visitor import patient

ROOT = Path(__file__).parents[1]
ELSEWHERE = ROOT / "build" / "engines" / "bin"
"""The environment of the engines that cannot be installed beside Material; `make engines` makes it."""
STATIC_FILES = ROOT / "src" / "rekb" / "site" / "static"
HERE = Path(sys.executable).parent
PLUGIN = "properdocs with the plugin"
PROGRAMS: dict[str, Path] = {
    "mkdocs": HERE / "mkdocs",
    "properdocs": HERE / "properdocs",
    PLUGIN: HERE / "properdocs",
    "materialx": ELSEWHERE / "properdocs",
    "zensical": ELSEWHERE / "zensical",
}
"""What builds, by the way in which a site is made."""
ABOUT = """---
title: About "moths" & <lamps>
---

# About

Moths like lamps.

## Lamps

| what | how many |
|:-----|---------:|
| lamp |        1 |

[All works](explore/index.md), and what is [below](#lamps).
"""
THEME_FILES = ("assets/javascripts/", "assets/stylesheets/", "assets/images/", "assets/rekb/header.css")
"""What differs from theme to theme."""
LINK = re.compile(r"""<(?:a|link|script|img|form)\b[^>]*?\b(?:href|src|action)=["']([^"'#?]*)""")
HEAD = re.compile(
    r"<title>.*?</title>|<meta (?:property|name)=[^>]+>|<link rel=\"?alternate\"?[^>]+>", re.DOTALL
)
COPY_SIZE = re.compile(r"(?<=Offline copy</a></th><td>)[^<]*")
BOTH = re.compile(r'<meta name=("description") property=("og:description") content=("[^"]*")>')
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def run(program: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program; a fault of it fails the test with what it printed."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "NO_MKDOCS_2_WARNING": "1"}
    command = [str(program), *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done


def knowledge_base(root: Path) -> Path:
    """Write the made-up knowledge base with this project's mkdocs.yml and one hand-written page."""
    shutil.copytree(KB, root)
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config["nav"] = [{"Home": "index.md"}, {"Topics": "topics/index.md"}, {"Explore": "explore/index.md"}]
    config["nav"].append({"About": "about.md"})
    config["site_name"] = "Moths & lamps"
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    (root / "docs").mkdir()
    (root / "docs" / "about.md").write_text(ABOUT, encoding="utf-8")
    return root


@dataclass(frozen=True)
class Made:
    """A site, and what stands in it."""

    folder: Path
    files: dict[str, Path]

    @property
    def pages(self) -> dict[str, str]:
        """The text of every page, by name."""
        found = ((name, file) for name, file in self.files.items() if name.endswith(".html"))
        return {name: file.read_text(encoding="utf-8") for name, file in found}


def made(folder: Path) -> Made:
    """Return a finished site without what is the theme's."""
    files = {
        file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()
    }
    return Made(folder, {name: file for name, file in files.items() if not name.startswith(THEME_FILES)})


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return knowledge_base(tmp_path_factory.mktemp("engines") / "kb")


@pytest.fixture(scope="module")
def ours(root: Path) -> Made:
    """Return the site as `rekb build` makes it."""
    run(HERE / "rekb", "build", "--offline", cwd=root)
    return made(root / "site")


@pytest.fixture(scope="module")
def builds(root: Path) -> Callable[[str], Path]:
    """Return what builds a site in a way and gives its folder; each is built once."""

    @cache
    def build(way: str) -> Path:
        program = PROGRAMS[way]
        if not program.is_file():
            pytest.skip(f"{way} is not installed; `make engines` installs it")
        if way == PLUGIN:
            run(program, "build", "--strict", "--site-dir", "../with-plugin", cwd=root)
            return root.parent / "with-plugin"
        project = root.parent / way
        run(HERE / "rekb", "materialize", str(project), "--engine", way, cwd=root)
        run(program, *ENGINES[way].build.split()[1:], cwd=project)
        return project / "site"

    return build


@pytest.fixture(scope="module", params=PROGRAMS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(way: str, builds: Callable[[str], Path]) -> Made:
    """Return the finished site of one way."""
    folder = builds(way)
    if way != PLUGIN:
        run(HERE / "rekb", "finish", str(folder.parent), cwd=folder.parent)
    return made(folder)


def test_the_same_pages_and_files(site: Made, ours: Made) -> None:
    renamed = {name for name in site.files if name.startswith("papers/") and name.endswith(".md.txt")}
    marker = {".rekb-site"}
    assert set(site.files) - renamed - marker == set(ours.files) - marker
    assert len(site.pages) == 58


def test_every_file_that_is_no_page_is_the_same_to_the_byte(site: Made, ours: Made) -> None:
    own = {
        n: f for n, f in ours.files.items() if not n.endswith((".html", ".gz", ".zip")) and n != ".rekb-site"
    }
    assert [name for name, file in own.items() if site.files[name].read_bytes() != file.read_bytes()] == []
    assert "assets/rekb/search.json" in own
    assert "sitemap.xml" in own
    assert "papers/moth2022tile/card.png" in own


def body(page: str) -> str:
    """Return our part of a page, without the size of the offline copy: each theme weighs something else."""
    found = re.search(r'<(div|article) class="rekb[ "].*</\1>\s*(?=</article>)', page, re.DOTALL)
    return COPY_SIZE.sub("", found[0].replace(".md.txt", ".md")) if found else ""


def test_every_page_says_the_same_in_the_same_elements(site: Made, ours: Made) -> None:
    different = []
    for name, page in ours.pages.items():
        own, other = body(page), body(site.pages[name])
        if words(own) != words(other) or shape(own) != shape(other):
            different.append(name)
    assert different == []
    assert [name for name, page in ours.pages.items() if not body(page)] == ["about/index.html"]


def head(page: str) -> list[str]:
    """Return what the head says of a page to other programs, in one spelling."""
    # One element may stand for both descriptions of a page.
    before = BOTH.sub(
        r"<meta name=\1 content=\3>\n<meta property=\2 content=\3>", page.partition("</head>")[0]
    )
    found = HEAD.findall(before)
    reported = [html.unescape(one).replace(".md.txt", ".md").replace('"./', '"') for one in found]
    return sorted(one for one in reported if 'name="generator"' not in one and 'name="viewport"' not in one)


def test_every_head_says_the_same(site: Made, ours: Made) -> None:
    assert {n: head(page) for n, page in site.pages.items()} == {n: head(p) for n, p in ours.pages.items()}
    assert '<title>About "moths" & <lamps> - Moths & lamps</title>' in head(ours.pages["about/index.html"])


def test_every_page_has_one_policy_that_names_scripts_by_their_hashes(site: Made) -> None:
    policies = {name: POLICY.findall(page) for name, page in site.pages.items()}
    assert [name for name, found in policies.items() if len(found) != 1] == []
    assert [name for name, found in policies.items() if "unsafe-inline" in found[0]] == []
    for name, page in site.pages.items():
        (policy,) = policies[name]
        assert "script-src 'self'" in policy, name
        assert [text for text in INLINE.findall(page) if script_hash(text) not in policy] == [], name


def test_no_link_leads_nowhere(site: Made) -> None:
    assert list(dead_links(site)) == []


def dead_links(site: Made) -> Iterator[tuple[str, str]]:
    """Yield page and address of each link within the site that leads nowhere."""
    for name, page in site.pages.items():
        for address in LINK.findall(re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)):
            link = html.unescape(address)
            if not link or re.match(r"[a-z]+:|//", link):
                continue
            target = site.folder / name.rpartition("/")[0] / link
            if link.startswith("/"):
                target = site.folder / link.removeprefix("/rekb/")
            if not (target.is_file() or (target / "index.html").is_file()):
                yield name, link


def test_the_offline_copy_has_the_same_pages(site: Made, ours: Made) -> None:
    with zipfile.ZipFile(site.files[ARCHIVE]) as copy, zipfile.ZipFile(ours.files[ARCHIVE]) as own:
        pages, expected = ({n for n in one.namelist() if n.endswith(".html")} for one in (copy, own))
    assert pages == expected
    page = site.pages["downloads/index.html"]
    assert "offline.zip" in page
    assert "made with the site" not in page


def test_search_and_explore_work_and_no_page_logs_a_fault(site: Made, browser: Browser) -> None:
    faults: list[str] = []
    with served(site.folder) as address:
        page = patient(browser, viewport={"width": 1280, "height": 900}).new_page()
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request", lambda asked: faults.append(asked.url) if not asked.url.startswith(address) else None
        )
        page.goto(f"{address}about/")
        page.click("#header-search")
        page.keyboard.type("tile moth")
        expect(page.locator("[data-rekb-search] .rekb-hit")).to_have_count(1)
        page.keyboard.press("Enter")
        page.wait_for_url("**/papers/moth2022tile/")
        assert page.locator("h1").first.text_content() == 'The Tile: Moth-Like Attention, "Exact" and Small'
        page.goto(f"{address}explore/?saves=memory")
        page.wait_for_selector("tr[data-key]:visible")
        keys = page.eval_on_selector_all("tr[data-key]:not([hidden])", "rows => rows.map(r => r.dataset.key)")
        assert keys == ["moth2022tile"]
        page.click("[data-rekb-rows] a")
        page.wait_for_url("**/papers/moth2022tile/")
        page.context.close()
    assert faults == []


def project(folder: Path, **pages: str) -> Path:
    """Write what `rekb materialize` and an engine leave, made small: a project with a built site."""
    site = folder / "site"
    (site / "downloads").mkdir(parents=True)
    (folder / PROJECT.marker).write_text("Written by `rekb materialize`. It wrote:\n", encoding="utf-8")
    notes = {"url": "https://example.org/", "offline": True, "markdown": ["a.md"]}
    (folder / NOTES).write_text(json.dumps(notes), encoding="utf-8")
    link = '<a href="offline.zip" download>Offline copy</a>'
    row = f'<!--rekb-offline:<tr><th scope="row">{link}</th><td>made with the site</td></tr>-->'
    texts = {"404.html": SHELL.format(way="/rekb/"), "sitemap.xml": "<urlset/>", "a.md.txt": "# A", **pages}
    texts["downloads/index.html"] = SHELL.format(way="..") + row
    for name, text in texts.items():
        (site / name).write_text(text, encoding="utf-8")
    return folder


SHELL = """<head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="script-src 'unsafe-inline'">
<script>scope=new URL("{way}",location)</script></head>"""


def test_finish_replaces_the_weak_policy_packs_the_copy_and_gives_files_their_names(tmp_path: Path) -> None:
    folder = project(tmp_path / "plain")
    finished = finish(folder)
    first = {name: file.read_bytes() for name, file in made(folder / "site").files.items()}
    assert finished.pages == 2
    assert finished.offline == len(first["downloads/offline.zip"])
    page = first["downloads/index.html"].decode()
    assert "unsafe-inline" not in page
    assert script_hash('scope=new URL("..",location)') in page
    assert "made with the site" not in page
    assert "<!--" not in page
    assert first["a.md"] == b"# A"
    assert finish(folder) == finished  # a second run changes nothing
    assert {name: file.read_bytes() for name, file in made(folder / "site").files.items()} == first


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / PROJECT.marker).unlink(), "was not made by `rekb materialize`"),
        (lambda folder: (folder / NOTES).unlink(), "was not made by `rekb materialize`"),
        (lambda folder: (folder / "site" / "404.html").unlink(), "is no site that an engine has built"),
        (lambda folder: shutil.rmtree(folder / "site"), "is no site that an engine has built"),
        (
            lambda folder: (folder / "site" / "about.html").write_text("<script>alert(1)</script>"),
            "about.html: the page holds an inline script that the theme does not ship: `alert(1)`",
        ),
        (
            lambda folder: (folder / "site" / "about.html").write_text(
                '<script>scope=new URL("..",alert(1),"",location)</script>'
            ),
            "about.html: the page holds an inline script",
        ),
    ],
)
def test_finish_refuses(tmp_path: Path, spoil: Callable[[Path], object], message: str) -> None:
    folder = project(tmp_path / "plain")
    spoil(folder)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    with pytest.raises(RekbError, match=re.escape(message)):
        finish(folder)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_finish_leaves_a_site_that_is_a_link_elsewhere(tmp_path: Path) -> None:
    folder = project(tmp_path / "plain")
    (folder / "site").rename(tmp_path / "home")
    (folder / "site").symlink_to(tmp_path / "home")
    with pytest.raises(RekbError, match="is no site that an engine has built"):
        finish(folder)


@pytest.mark.parametrize("engine", ENGINES)
def test_materialize_says_what_to_run_and_what_is_missing_until_then(root: Path, engine: str) -> None:
    target = root.parent / f"made-{engine}"
    reported = run(HERE / "rekb", "materialize", str(target), "--engine", engine, cwd=root).stdout
    assert ENGINES[engine].build in reported
    assert ENGINES[engine].install in reported
    assert f"then `rekb finish {target}`: until it ran, {LEFT_OUT}" in reported
    page = (target / "docs" / "downloads" / "index.md").read_text(encoding="utf-8")
    assert dead_offline_link(page) is None
    assert (target / ENGINES[engine].config).is_file()
    assert (target / "docs" / "card.png").is_file()


def dead_offline_link(page: str) -> re.Match[str] | None:
    """Return a link to the offline copy that readers would see before there is one."""
    return re.search(r"offline\.zip", re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL))


def test_an_engine_that_passes_over_plugins_is_reported(root: Path, tmp_path: Path) -> None:
    copied = tmp_path / "kb"
    shutil.copytree(root, copied, ignore=shutil.ignore_patterns("site", ".cache"))
    config = (copied / "mkdocs.yml").read_text(encoding="utf-8")
    (copied / "mkdocs.yml").write_text(config.replace("- search\n", "- search\n- tags\n"), encoding="utf-8")
    warned = run(HERE / "rekb", "materialize", "../plain", "--engine", "zensical", cwd=copied).stderr
    assert "this engine does not run plugins for MkDocs: tags" in warned
    assert "tags" in (tmp_path / "plain" / "mkdocs.yml").read_text(encoding="utf-8")


def test_a_hand_written_page_in_the_place_of_ours_ends_it(root: Path, tmp_path: Path) -> None:
    copied = tmp_path / "kb"
    shutil.copytree(root, copied, ignore=shutil.ignore_patterns("site", ".cache"))
    (copied / "docs" / "explore").mkdir()
    (copied / "docs" / "explore" / "index.md").write_text("# Mine\n", encoding="utf-8")
    command = [str(HERE / "rekb"), "materialize", "../plain"]
    done = subprocess.run(command, cwd=copied, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "docs/explore/index.md is where the knowledge base has a page; rename it" in done.stderr
    assert not (tmp_path / "plain").exists()


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("# One\n\nA *word* of it.\n", [("", "One", "A word of it.")]),
        ("Before.\n\n# One\n", [("", "Page", "Before."), ("#one", "One", "")]),
        ("# One\n\n## Two `x`\n\nMore\n", [("", "One", ""), ("#two-x", "Two x", "More")]),
        ("## Two\n\nMore\n", [("", "Page", ""), ("#two", "Two", "More")]),
        ("---\ntitle: Named\n---\nText.\n", [("", "Named", "Text.")]),
        ("---\nsearch: {exclude: true}\n---\n# One\n", []),
        ("# One\n\n<script>x()</script>\n\nText.\n", [("", "One", "Text.")]),
        ("# One\n\n| a | b |\n|---|---|\n| c | d |\n", [("", "One", "a b c d")]),
    ],
)
def test_sections_of_hand_written_pages(
    tmp_path: Path, text: str, sections: list[tuple[str, str, str]]
) -> None:
    file = tmp_path / "page.md"
    file.write_text(text, encoding="utf-8")
    config = load_config(str(ROOT / "mkdocs.yml"))
    found = list(sections_of([HandWritten(file, "page/")], config))
    assert found == [Section(f"page/{anchor}", title, words) for anchor, title, words in sections]


@pytest.mark.parametrize(
    ("url", "place", "line"),
    [
        ("https://example.org/", Place("a/"), "  <url><loc>https://example.org/a/</loc></url>"),
        (
            "https://example.org/kb/",
            Place("", "2026-11-24"),
            "  <url><loc>https://example.org/kb/</loc><lastmod>2026-11-24</lastmod></url>",
        ),
        (
            "https://example.org/",
            Place("{{ a }}/é&b/"),
            "  <url><loc>https://example.org/%7B%7B%20a%20%7D%7D/%C3%A9&amp;b/</loc></url>",
        ),
    ],
)
def test_a_line_of_the_sitemap(url: str, place: Place, line: str) -> None:
    assert sitemap(url, [place]).splitlines()[2:-1] == [line]
    assert sitemap("", [place]).splitlines()[2:-1] == []


def test_the_shell_is_small() -> None:
    """Whoever leaves the theme writes these anew; the engines page names them and how long they are."""
    lines = {
        file.relative_to(THEME).as_posix(): len(file.read_text().splitlines())
        for file in sorted(THEME.rglob("*"))
        if file.is_file()
    }
    page = (ROOT / "docs" / "guide" / "engines.md").read_text(encoding="utf-8")
    sheets = "".join(file.read_text("utf-8") for file in sorted(STATIC_FILES.rglob("*.css")))
    names = set(re.findall(r"var\((--md-[a-z0-9-]+)", sheets))
    assert f"Ours take {len(names)} colours, shadows and fonts from the theme by name" in page
    assert sum(lines.values()) <= 110
    assert [name for name, count in lines.items() if f"| `{name}` | {count} |" not in page] == []
