"""What the theme puts around pages: joined for each shape, and the template's own text in every sign."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from rekb.mkdocs import earlier, shell
from rekb.mkdocs.htmlpage import HtmlPage
from rekb.mkdocs.passing import pass_over_ours
from rekb.mkdocs.shell import Shells

ROOT = Path(__file__).parents[1]
TITLES = [
    "Tiny: A Made-up Work",
    "R&D <b> \"quoted\" & 'more' rekbshell&quot;title&quot;",
    "Ångström Δ 漢字",
    "&amp; is no sign & neither is &lt;script&gt;",
    "<img src=x onerror=alert(1)>",
]
OVERRIDE = '<p class="address">{{ page.url }}</p>'


def work(number: int) -> dict[str, object]:
    """Return an entry; every third lacks what the page of another has."""
    bare = number % 3 == 0
    return {
        "title": f"Work{number} {TITLES[number % len(TITLES)]}",
        "kind": "paper",
        "authors": ["Doe, Jane"],
        "records": [{"venue": "arxiv", "year": 2022, "month": 5, "arxiv": f"2205.{number:05}"}],
        "topics": ["architectures/vit-specific"],
        **({} if bare else {"requires": [], "modalities": ["language"]}),
        "added": "2026-11-24",
    }


def bare_taxonomy(folder: Path) -> None:
    """Write the real taxonomy without its overviews, which cite works that are not here."""
    shutil.copytree(ROOT / "taxonomy", folder / "taxonomy")
    for name in (
        "models.yaml",
        "combines.yaml",
        "paths.yaml",
        "candidates.json",
    ):  # they name works that are not here
        (folder / "taxonomy" / name).unlink()
    for topic in (folder / "taxonomy" / "topics").rglob("*.yaml"):
        kept, _, _ = topic.read_text(encoding="utf-8").partition("\nsummary:")
        topic.write_text(f"{kept}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a knowledge base with several works under the real taxonomy, without overviews."""
    folder = tmp_path_factory.mktemp("shell")
    bare_taxonomy(folder)
    papers = folder / "papers" / "2022"
    papers.mkdir(parents=True)
    for number in range(1, 13):
        schema = "# yaml-language-server: $schema=../../docs/schema/entry.json\n"
        (papers / f"doe2022work{number}.yaml").write_text(schema + json.dumps(work(number)), encoding="utf-8")
    (folder / "docs").mkdir()
    return folder


@pytest.fixture(autouse=True)
def no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let titles through that the rules refuse: what reaches a page must be text all the same."""
    monkeypatch.setattr(earlier, "run", lambda *_: ())


def made(root: Path, site: Path, settings: str, theme: str) -> dict[str, str]:
    """Build the site; return its pages by path."""
    config = root / "mkdocs.yml"
    config.write_text(
        f"site_name: A & <B>\nrepo_url: https://github.com/example/rekb\n{settings}\n"
        f"theme: {{name: material, font: false{theme}}}\n"
        "plugins: [search, {rekb: {offline: false, cards: false}}]\n",
        encoding="utf-8",
    )
    loaded = load_config(str(config), site_dir=str(site))
    loaded.plugins.on_startup(command="build", dirty=False)
    build(loaded)
    return {f.relative_to(site).as_posix(): f.read_text(encoding="utf-8") for f in site.rglob("*.html")}


SETTINGS = [
    ("site_url: https://example.org/a/", ""),
    ("site_url: ''", ""),
    ("site_url: https://example.org/", ", features: [navigation.tabs, navigation.prune, navigation.path]"),
    ("site_url: https://example.org/", ", features: [content.action.edit, content.action.view]"),
    ("use_directory_urls: true\nextra: {homepage: https://example.org/}\nsite_author: Ann & <i>", ""),
]


@pytest.mark.parametrize(("settings", "theme"), SETTINGS)
def test_joined_pages_are_the_templates_own(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, theme: str
) -> None:
    rendered: list[str] = []
    plain = Shells._plain  # noqa: SLF001 - what is counted is how often the template is rendered

    def counted(self: Shells, template: object, context: object) -> str:
        rendered.append("")
        return plain(self, template, context)  # type: ignore[arg-type] # passed on as it is

    monkeypatch.setattr(Shells, "_plain", counted)
    joined = made(root, tmp_path / "joined", settings, theme)
    times = len(rendered)
    monkeypatch.setattr(shell, "shape_key", lambda _: None)
    expected = made(root, tmp_path / "plain", settings, theme)
    assert [name for name in expected if joined.get(name) != expected[name]] == []
    assert joined.keys() == expected.keys()
    works = sum(name.startswith("papers/") for name in joined)
    assert works == 12
    assert 0 < times <= len(joined) - works + 3 * 4  # a work's page has one of few shapes


def override(folder: Path) -> None:
    """Write a part of the theme that shows what differs from page to page."""
    (folder / "partials").mkdir(parents=True)
    (folder / "partials" / "copyright.html").write_text(OVERRIDE, encoding="utf-8")


def test_templates_of_ones_own_are_rendered_one_by_one(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    override(root / "overrides")
    pages = made(root, tmp_path / "site", "site_url: https://example.org/", ", custom_dir: overrides")
    assert "rendered one by one, which takes longer: templates of your own" in capsys.readouterr().err
    assert '<p class="address">papers/doe2022work1/</p>' in pages["papers/doe2022work1/index.html"]


def test_a_shape_that_differs_is_not_joined(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shell, "strange", lambda _: "")
    override(root / "other")
    pages = made(root, tmp_path / "site", "site_url: https://example.org/", ", custom_dir: other")
    assert "its template does more with a page than is known here" in capsys.readouterr().err
    for number in range(1, 13):
        assert (
            f'<p class="address">papers/doe2022work{number}/</p>'
            in pages[f"papers/doe2022work{number}/index.html"]
        )


@pytest.mark.parametrize(
    ("content", "seen"), [("<p>text</p>", False), ("", False), ('<p data-search-exclude="">text</p>', True)]
)
def test_the_search_plugin_passes_over_pages_of_ours(content: str, *, seen: bool) -> None:
    found: list[Any] = []

    class Search:
        def on_page_context(self, context: Any, *, page: Any, **_: Any) -> Any:
            found.append(page)
            return context

    Search.__module__ = "material.plugins.search.plugin"
    config: Any = SimpleNamespace(
        plugins=SimpleNamespace(events={"page_context": [Search().on_page_context]})
    )
    pass_over_ours(config)
    (handler,) = config.plugins.events["page_context"]
    ours = HtmlPage.__new__(HtmlPage)
    ours.content = content
    by_hand = SimpleNamespace(content=content)
    for page in (ours, by_hand):
        handler({}, page=page, config=config, nav=None)
    assert found == ([ours, by_hand] if seen else [by_hand])
