"""What a page does not repeat: drawings of icons, meanings of words, citations that stand in files."""

import json
import re
from importlib.resources import files

import jinja2
import pytest
from mkdocs.config.defaults import MkDocsConfig

from fixture_kb import KB
from in_node import in_node
from rekb.exports.data import ExportedBase, json_file, record_file
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.mkdocs.icons import icon_rules, icons_of, with_classes
from rekb.mkdocs.squeeze import squeezed_around
from rekb.site import Site, SiteSettings, build_site, templating
from rekb.site.outputs.scripts import classic
from rekb.site.parts.reading import ALL, Readings, Watched

MENU = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M3 6h18v2H3z"/></svg>'
KNOWN = {MENU: "rekb-icon--material-menu"}
SHORT = '<svg class="rekb-icon rekb-icon--material-menu" viewBox="0 0 24 24"></svg>'
OTHER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>'


@pytest.fixture(scope="module")
def small() -> KnowledgeBase:
    return load(KB)[0]


@pytest.fixture(scope="module")
def site(small: KnowledgeBase) -> Site:
    return build_site(small, SiteSettings("A", "B", "https://example.org/kb/", ""))


@pytest.mark.parametrize(
    ("text", "lighter"),
    [
        (f"<label>{MENU}</label>", f"<label>{SHORT}</label>"),
        (f"{MENU}{MENU}", f"{SHORT}{SHORT}"),
        (OTHER, OTHER),
        ("no icon", "no icon"),
    ],
)
def test_a_class_stands_for_a_drawing(text: str, lighter: str) -> None:
    assert with_classes(text, KNOWN) == lighter


def test_a_body_keeps_its_drawings() -> None:
    page = f"<header>{MENU}</header><main>{MENU} text</main>"
    assert squeezed_around(page, f"{MENU} text", KNOWN) == f"<header>{SHORT}</header><main>{MENU} text</main>"


OURS = '<script src="../assets/rekb/rekb.js" defer></script>'
BUNDLE = '<script src="../assets/javascripts/bundle.a5f9d56c.min.js"></script>'
SWITCH = '<form class="md-header__option" data-md-component="palette">'
SWITCH_OF_OURS = '<form class="md-header__option" data-rekb-colours>'
LATE = '<script defer src="../assets/javascripts/bundle.a5f9d56c.min.js"></script>'


@pytest.mark.parametrize(
    ("head", "foot", "page"),
    [
        # The theme's script waits, and stands before ours.
        (f"<head>{OURS}</head>", f"{BUNDLE}</body>", f"<head>{LATE}\n{OURS}</head>text</body>"),
        # Somebody else's script behind it may need it.
        (
            f"<head>{OURS}</head>",
            f'{BUNDLE}<script src="own.js"></script></body>',
            f'<head>{OURS}</head>text{BUNDLE}<script src="own.js"></script></body>',
        ),
        ("<head></head>", f"{BUNDLE}</body>", f"<head></head>text{BUNDLE}</body>"),
        # The switch of colours is driven by our script where that is there.
        (f"{OURS}{SWITCH}", "</body>", f"{OURS}{SWITCH_OF_OURS}text</body>"),
        (SWITCH, "</body>", f"{SWITCH}text</body>"),
    ],
)
def test_nothing_waits_for_the_script_of_the_theme(head: str, foot: str, page: str) -> None:
    assert squeezed_around(f"{head}text{foot}", "text") == page


def script_of(name: str) -> str:
    """Return the script that a template of the theme writes last."""
    folder = files("material") / "templates" / "partials" / "javascripts"
    found: list[str] = re.findall(r"(?s)<script>.*?</script>", (folder / name).read_text(encoding="utf-8"))
    return found[-1]


SCOPE = re.sub(r"\{\{.*?\}\}", "", script_of("base.html"))
COLOURS_KEPT = script_of("palette.html")
TABS = script_of("content.html")
VALUES = 'data-md-color-media="(x)" data-md-color-scheme="slate"  '
OPTION = f'<input class="md-option" {VALUES}aria-label="Dark" id="__palette_0">'
JSON_OF_TEXT = '<script type="application/ld+json">{"name":"__md_scope"}</script>'
SHORT_OPTION = '<input class="md-option" aria-label="Dark" id="__palette_0">'


def scope(way: str) -> str:
    """Return the theme's first script on a page from which `way` leads to the root."""
    return SCOPE.replace('URL("",', f'URL("{way}",') + "\n"


@pytest.mark.parametrize(
    ("head", "body", "foot", "kept"),
    [
        (scope("."), "text", "", ("", "")),
        (scope("../.."), "text", "", ("", "")),
        (scope("https://example.org/"), "text", "", (scope("https://example.org/"), "")),
        (scope("..") + "<script>own(__md_get)</script>", "text", "", None),
        (scope(".."), "text", "<script>own(__md_scope)</script>", None),
        (scope(".."), "text", "<script type=module>own(__md_scope)</script>", None),
        (
            f"{scope('..')}<title>__md_scope</title>",
            "text, __md_scope",
            "",
            ("<title>__md_scope</title>", ""),
        ),
        (f"{scope('..')}{JSON_OF_TEXT}", "text", "", (JSON_OF_TEXT, "")),
        (scope("..").replace("__md_hash", "__md_other"), "text", "", None),
        (COLOURS_KEPT, "text", "", ("", "")),
        (COLOURS_KEPT.replace("color.media", "color.kind"), "text", "", None),
        ("", "text", TABS, ("", "")),
        ("", 'text <input name="__tabbed_1">', TABS, ("", TABS)),
        ("", "text name=&#34;__tabbed_", TABS, ("", "")),
        (f"{SWITCH}{OPTION}", "text", "", (f"{SWITCH_OF_OURS}{SHORT_OPTION}", "")),
        ("<script>own()</script>", "text", "<script>own()</script>", None),
    ],
)
def test_scripts_of_the_theme_for_which_ours_stands(
    head: str, body: str, foot: str, kept: tuple[str, str] | None
) -> None:
    before, after = (head, foot) if kept is None else kept
    assert squeezed_around(f"{OURS}{head}{body}{foot}", body) == f"{OURS}{before}{body}{after}"
    assert squeezed_around(f"{head}{body}{foot}", body) == f"{head}{body}{foot}"  # without ours, all stay


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (
            '<meta name="description" content="A">\n<meta property="og:description" content="A">',
            '<meta name="description" property="og:description" content="A">',
        ),
        ('<meta name="description" content="A">\n', '<meta name="description" content="A">\n'),
        (
            '<meta property="og:description" content="A">',
            '<meta property="og:description" content="A">',
        ),
    ],
)
def test_a_page_is_described_once(head: str, shown: str) -> None:
    assert squeezed_around(f"{head}{OURS}text", "text") == f"{shown}{OURS}text"


def test_colours_of_the_configuration_stay_in_their_attribute() -> None:
    source = (files("rekb.mkdocs") / "theme" / "main.html").read_text(encoding="utf-8")
    written = re.search(r'data-rekb-colours="(.*?endfor %})"', source)
    assert written
    palette = [{"media": '" onload="alert(1)', "scheme": "a b><script>", "primary": "'x'", "accent": "&#34;"}]
    made = jinja2.Environment().from_string(written[1]).render(config={"theme": {"palette": palette}})  # noqa: S701
    assert made == "&#34; onload=&#34;alert(1)|a-b&gt;&lt;script&gt;|&#39;x&#39;|&amp;#34;;"


def test_the_sheet_has_each_drawing_once() -> None:
    rules = icon_rules(KNOWN)
    assert rules.count("M3 6h18v2H3z") == 1
    assert ".rekb-icon--material-menu{--shape:url(" in rules
    assert "</" not in rules  # a sheet that is put into a page must not end it
    assert icon_rules({}) == ""


def test_icons_are_those_of_theme_and_configuration() -> None:
    config = MkDocsConfig()
    config.load_dict(
        {
            "site_name": "A",
            "theme": {
                "name": "material",
                "icon": {"repo": "material/source-branch", "logo": "../../../secret", "tag": {"x": "y"}},
                "palette": [{"scheme": "default", "toggle": {"icon": "material/weather-night"}}, {}],
            },
        }
    )
    assert config.validate() == ([], [])
    names = set(icons_of(config).values())
    assert {"rekb-icon--material-menu", "rekb-icon--material-weather-night"} <= names
    assert "rekb-icon--material-source-branch" in names
    assert not any("secret" in name for name in names)


def chip(word: str, title: str = "", kind: str = "needs", sign: str = "") -> str:
    reported = f' title="{title}"' if title else ""
    arrow = f'<span aria-hidden="true">{sign}</span> ' if sign else ""
    return f'<span class="rekb-chip rekb-chip--{kind}"{reported}>{arrow}{word}</span>'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (chip("Kernel", "Code.") * 2, chip("Kernel", "Code.") + chip("Kernel")),
        (
            chip("Memory", "Bytes.", sign="↓") + chip("Time", "Bytes.", sign="↓"),
            chip("Memory", "Bytes.", sign="↓") + chip("Time", "Bytes.", sign="↓"),
        ),
        (
            chip("Memory", "Bytes.", "saves") + chip("Memory", "Bytes.", "costs"),
            chip("Memory", "Bytes.", "saves") + chip("Memory", "Bytes.", "costs"),
        ),
        (chip("None") + chip("None", "No more."), chip("None") + chip("None", "No more.")),
    ],
)
def test_the_first_chip_of_a_word_says_what_it_means(
    monkeypatch: pytest.MonkeyPatch, body: str, shown: str
) -> None:
    monkeypatch.setattr(templating, "render", lambda *_: body)
    assert templating.render_list("a.html", "a/", None) == shown


def test_formats_for_programs_stand_in_files(site: Site) -> None:
    page = next(page for page in site.pages if page.path == "papers/moth2022tile/")
    files = {asset.path for asset in site.assets}
    assert re.findall(r'id="cite-([a-z-]+)"', page.body) == ["bibtex", "apa", "ieee", "acm"]
    shown = re.findall(r'<a href="\.\./([^"]+)" download data-rekb-shown="([a-z-]+)">', page.body)
    assert shown == [("moth2022tile.ris", "ris"), ("moth2022tile.csl.json", "csl-json")]
    assert {f"papers/{file}" for file, _ in shown} <= files


def test_the_file_of_a_work_has_its_topics_without_their_texts(base: KnowledgeBase) -> None:
    key = "dao2022flashattention"
    short, full = json.loads(record_file(base, key)), json.loads(json_file(base, (key,)))
    ExportedBase.model_validate_json(record_file(base, key))
    assert all("summary" in topic for topic in full["topics"])
    for topic in full["topics"]:
        del topic["summary"]
    assert short == full


def test_what_is_read_is_noted() -> None:
    readings = Readings()
    values = Watched({"a": 1, "b": 2}, readings)
    assert values["a"] == 1  # nobody asks
    with readings.noted() as read:
        assert values.get("b") == 2
        assert values.get("c") is None
        assert "a" in values
        assert len(values) == 2
    assert read == {"b"}
    with readings.noted() as read:
        assert sorted(values.items()) == [("a", 1), ("b", 2)]
    assert read == {ALL, "a", "b"}


SORTED = [
    ("–", ""),
    ("6 + 6", "6 + 6"),
    ("1,024", "1024"),
    ("110M", "110000000"),
    ("1.5B", "1500000000"),
    ("50.33 MB", "50330000"),
    ("981 kB", "981000"),
    ("2.5", "2.5"),
    ("LLaMA 7B", "LLaMA 7B"),
    ("2022", "2022"),
    ("", ""),
]


def test_a_table_sorts_amounts_by_their_size() -> None:
    source = (files("rekb.site") / "static" / "amounts.js").read_text(encoding="utf-8")
    program = (
        f"globalThis.rekb = {{}}; {classic('amounts.js', source)} return given.map(rekb.amounts.sortedAs);"
    )
    assert in_node([], program, [text for text, _ in SORTED]) == [wanted for _, wanted in SORTED]
