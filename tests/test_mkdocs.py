"""The site as a user makes it: built, refused, materialized, served again after a change."""

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import python

ROOT = Path(__file__).parents[1]
KEY = "doe2022tinything"
ENTRY = {
    "title": "TinyThing: A Made-up Work for Tests",
    "name": "TinyThing",
    "kind": "paper",
    "authors": ["Doe, Jane"],
    "records": [{"venue": "arxiv", "year": 2022, "month": 5, "arxiv": "2205.00001"}],
    "topics": ["architectures/vit-specific"],
    "model": {  # the guide for readers links to the models page
        "variants": [
            {
                "name": "TinyThing 1B",
                "parameters": 1_000_000_000,
                "sources": [{"fields": ["parameters"], "where": "Table 1", "url": "https://example.org/a"}],
            }
        ]
    },
    "added": "2026-11-24",
}
NAV = """\
nav:
  - Home: index.md
  - Topics: topics/index.md
  - About: about.md
"""
SCHEMA = "# yaml-language-server: $schema=../../docs/schema/entry.json\n"
PATHS = """# yaml-language-server: $schema=../docs/schema/paths.json
paths:
  - id: overviews
    title: Overviews
    topic: architectures/diffusion-language-models
    level: beginner
    goal: "You have read three overviews."
    whom: "Anyone."
    steps:
      - {topic: architectures/diffusion-language-models, why: "The first."}
      - {topic: architectures/vit-specific, why: "The second."}
      - {topic: systems/energy, why: "The third."}
"""
"""The guides link to the reading paths, so there is one: of topics, for the works of ours are not here."""


def write(root: Path, **changes: object) -> Path:
    file = root / "papers" / "2022" / f"{KEY}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SCHEMA + json.dumps(ENTRY | changes), encoding="utf-8")
    return file


TOPICS = (
    "architectures/_topic.yaml",
    "architectures/vit-specific.yaml",
    "architectures/diffusion-language-models.yaml",
    "systems/_topic.yaml",
    "systems/energy.yaml",
)
"""Those that the work and the path name: pages of all the others would be built for each row below."""


def knowledge_base(folder: Path) -> Path:
    """Write a knowledge base of one work under the real taxonomy, with the real documentation."""
    shutil.copytree(ROOT / "taxonomy", folder / "taxonomy")
    for topic in (folder / "taxonomy" / "topics").rglob("*.yaml"):  # overviews cite works that are not here
        text = topic.read_text(encoding="utf-8")
        topic.write_text(re.sub(r"(?ms)^summary:\n(?:  .*\n|\n)+", "", text), encoding="utf-8")
    # Cards, pairs and lists of works that are not here.
    for name in ("models.yaml", "combines.yaml", "candidates.json"):
        (folder / "taxonomy" / name).unlink()
    (folder / "taxonomy" / "paths.yaml").write_text(PATHS, encoding="utf-8")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    guide = folder / "docs/guide/reader.md"
    # Numbers of several works are on a page that a base of one work does not have.
    text = guide.read_text(encoding="utf-8").replace("../measured/", "../compare/")
    guide.write_text(text, encoding="utf-8")
    write(folder)
    return folder


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Return a knowledge base of one work, all topics and the whole documentation."""
    return knowledge_base(tmp_path / "kb")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small knowledge base that is copied for each row: few topics, one page of documentation."""
    folder = knowledge_base(tmp_path_factory.mktemp("model") / "kb")
    topics = folder / "taxonomy" / "topics"
    for file in [
        file for file in topics.rglob("*.yaml") if file.relative_to(topics).as_posix() not in TOPICS
    ]:
        file.unlink()
    for empty in sorted((path for path in topics.rglob("*") if path.is_dir()), reverse=True):
        if not any(empty.iterdir()):
            empty.rmdir()
    shutil.rmtree(folder / "docs")
    (folder / "docs" / "guide").mkdir(parents=True)
    (folder / "docs" / "about.md").write_text("# About\n\nWords.\n", encoding="utf-8")
    settings, _, _ = (folder / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")
    (folder / "mkdocs.yml").write_text(f"{settings}\n{NAV}", encoding="utf-8")
    return folder


@pytest.fixture
def root(model: Path, tmp_path: Path) -> Path:
    """Return a small knowledge base of one work."""
    return shutil.copytree(model, tmp_path / "kb")


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return python(cwd, "-m", *arguments, env={"SOURCE_DATE_EPOCH": "1700000000"})


def tree(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def test_two_builds_are_the_same_to_the_byte(whole: Path) -> None:
    for name in ("one", "two"):
        made = run("mkdocs", "build", "--strict", "--site-dir", str(whole.parent / name), cwd=whole)
        assert made.returncode == 0, made.stderr
    one, two = tree(whole.parent / "one"), tree(whole.parent / "two")
    different = [name for name in one | two if one.get(name) != two.get(name) and not name.endswith(".gz")]
    assert different == []
    assert f"papers/{KEY}/index.html" in one


def test_a_fault_in_the_data_leaves_the_old_site_in_place(root: Path) -> None:
    assert run("rekb", "build", cwd=root).returncode == 0
    before = tree(root / "site")
    write(root, topics=["architectures/vit-specifik"])
    made = run("rekb", "build", cwd=root)
    assert made.returncode == 1
    assert f"papers/2022/{KEY}.yaml:2:" in made.stderr
    assert "unknown-topic" in made.stderr
    assert "did you mean `architectures/vit-specific`?" in made.stderr
    assert "Traceback" not in made.stderr
    assert tree(root / "site") == before
    assert sorted(p.name for p in root.iterdir()) == [
        ".cache",
        "docs",
        "mkdocs.yml",
        "papers",
        "site",
        "taxonomy",
    ]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"title": None}, "empty-field"),
        ({"authors": []}, "empty-list"),
        ({"kind": "novel"}, "unknown-word"),
        ({"titel": "x"}, "unknown-field"),
        ({"links": {"project": "javascript:alert(1)"}}, "bad-link"),
        ({"relations": [{"type": "builds-on", "entry": "no2022body"}]}, "unknown-entry"),
    ],
)
def test_mkdocs_refuses_bad_data_without_a_traceback(
    root: Path, changes: dict[str, object], rule: str
) -> None:
    write(root, **changes)
    made = run("mkdocs", "build", "--strict", cwd=root)
    assert made.returncode == 1
    assert f"papers/2022/{KEY}.yaml:2:" in made.stderr
    assert f"error {rule}: " in made.stderr
    assert "Traceback" not in made.stderr
    assert not (root / "site" / "papers").exists()


@pytest.mark.parametrize("file", ["docs/about.md", "overrides/partials/copyright.html"])
def test_an_inline_script_that_the_theme_does_not_ship_ends_the_build(root: Path, file: str) -> None:
    assert run("rekb", "build", cwd=root).returncode == 0
    before = tree(root / "site")
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  name: material\n", "  name: material\n  custom_dir: overrides\n"))
    (root / "overrides" / "partials").mkdir(parents=True)
    (root / file).write_text("Words\n\n<script>alert(1)</script>\n")
    made = run("rekb", "build", cwd=root)
    assert made.returncode == 1
    assert (
        "inline script that the theme does not ship: `alert(1)`; write it as a file below docs/"
        in made.stderr
    )
    assert "Traceback" not in made.stderr
    assert tree(root / "site") == before


def test_materialized_pages_are_built_without_our_plugin(whole: Path) -> None:
    without_copy = (
        (whole / "mkdocs.yml").read_text(encoding="utf-8").replace("- rekb\n", "- rekb: {offline: false}\n")
    )
    (whole / "mkdocs.yml").write_text(
        without_copy, encoding="utf-8"
    )  # the copy is made by our own build alone
    made = run("rekb", "materialize", str(whole.parent / "plain"), cwd=whole)
    assert made.returncode == 0, made.stderr
    plain = whole.parent / "plain"
    assert (
        "rekb"
        not in (plain / "mkdocs.yml")
        .read_text(encoding="utf-8")
        .split("plugins:")[1]
        .split("\n\n")[0]
        .split("markdown_extensions")[0]
    )
    again = run("mkdocs", "build", "--strict", cwd=plain)
    assert again.returncode == 0, again.stderr
    assert run("mkdocs", "build", "--strict", cwd=whole).returncode == 0
    ours, theirs = (
        {str(f.relative_to(folder)): body(f) for f in sorted(folder.rglob("*.html"))}
        for folder in (whole / "site", plain / "site")
    )
    assert set(ours) == set(theirs)
    # MkDocs takes a .md file for the source of a page, so there a work's Markdown file has another name
    different = [
        name
        for name in ours
        if ours[name].replace(".md.txt", ".md") != theirs[name].replace(".md.txt", ".md")
    ]
    assert different == []
    assert (plain / "site" / "papers" / f"{KEY}.md.txt").is_file()


def body(file: Path) -> str:
    """Return what a reader sees of our part of a page, white space folded."""
    page = file.read_text(encoding="utf-8").replace("&#10;", "\n")
    found = re.search(r'<(div|article) class="rekb.*?</\1>\s*</article>', page, re.DOTALL)
    return " ".join(found[0].split()) if found else ""


def test_materialize_refuses_a_folder_that_is_not_its_own(root: Path) -> None:
    foreign = root.parent / "foreign"
    foreign.mkdir()
    (foreign / "thesis.tex").write_text("years of work", encoding="utf-8")
    made = run("rekb", "materialize", str(foreign), cwd=root)
    assert made.returncode == 2
    assert "is not empty" in made.stderr
    assert [f.name for f in foreign.iterdir()] == ["thesis.tex"]


def configure(root: Path, old: str, new: str) -> None:
    """Replace a line of mkdocs.yml."""
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "site_dir", "message"),
    [
        ("rekb", "papers", "holds what the pages are made of"),
        ("mkdocs", "papers", "holds what the pages are made of"),
        ("rekb", "papers/2022", "holds what the pages are made of"),
        ("rekb", "taxonomy", "holds what the pages are made of"),
        ("rekb", ".", "should not be within the 'site_dir'"),
        ("rekb", "..", "should not be within the 'site_dir'"),
        ("mkdocs", "../home", "is not empty and was not made by `rekb build`"),
        ("rekb", "../home", "is not empty and was not made by `rekb build`"),
        ("rekb", "link", "is no folder"),
        ("rekb", "mkdocs.yml", "is no folder"),
    ],
)
def test_a_site_takes_the_place_of_nothing_else(
    root: Path, command: str, site_dir: str, message: str
) -> None:
    configure(root, "site_dir: site\n", f"site_dir: {site_dir}\n")
    (root.parent / "home").mkdir()
    (root.parent / "home" / "thesis.tex").write_text("years of work", encoding="utf-8")
    (root / "link").symlink_to(root.parent / "home")
    before = tree(root.parent)
    made = run(command, "build", cwd=root)
    assert made.returncode != 0
    assert message in made.stderr
    assert "Traceback" not in made.stderr
    assert tree(root.parent) == before
    assert (root / "link").is_symlink()


def test_what_somebody_put_into_the_site_is_left(root: Path) -> None:
    assert run("rekb", "build", cwd=root).returncode == 0
    assert run("rekb", "build", cwd=root).returncode == 0
    (root / "site" / "notes.txt").write_text("years of work", encoding="utf-8")
    made = run("rekb", "build", cwd=root)
    assert made.returncode == 2
    assert "holds `notes.txt`, which `rekb build` did not write" in made.stderr
    assert (root / "site" / "notes.txt").read_text(encoding="utf-8") == "years of work"


OUTSIDE = [
    ("docs/leak.txt", "/etc/passwd", "symbolic links are not published: docs/leak.txt"),
    ("docs/guide/all", "..", "symbolic links are not published: docs/guide/all"),
    ("docs/gone.md", "nowhere.md", "symbolic links are not published: docs/gone.md"),
    ("overrides/leak.css", "/etc/passwd", "symbolic links are not published: overrides/leak.css"),
    ("papers/2021", "2022", "symbolic-link"),
    ("taxonomy/topics/systems/leak.yaml", "/etc/passwd", "symbolic-link"),
    ("rekb.yaml", "/etc/passwd", "symbolic-link"),
    (".cache", "..", "is outside the project"),
]


WAYS: list[tuple[tuple[str, ...], str, str, str]] = [(("rekb", "build"), *row) for row in OUTSIDE]
WAYS += [(way, *OUTSIDE[0]) for way in (("mkdocs", "build"), ("rekb", "materialize", "../plain"))]


@pytest.mark.parametrize(("build", "link", "target", "message"), WAYS)
def test_no_link_is_followed(
    root: Path, build: tuple[str, ...], link: str, target: str, message: str
) -> None:
    (root / "overrides").mkdir()
    configure(root, "  name: material\n", "  name: material\n  custom_dir: overrides\n")
    (root / link).symlink_to(target)
    made = run(*build, cwd=root)
    assert made.returncode != 0
    assert message in made.stderr
    assert "Traceback" not in made.stderr
    assert not (root / "site").exists()
    assert not (root.parent / "plain").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("docs_dir: docs\n", "docs_dir: ../elsewhere\n", "docs_dir: "),
        ("  name: material\n", "  name: material\n  custom_dir: ../elsewhere\n", "theme.custom_dir: "),
    ],
)
def test_nothing_outside_the_project_is_published(root: Path, old: str, new: str, message: str) -> None:
    (root.parent / "elsewhere").mkdir()
    configure(root, old, new)
    for command in (("build",), ("materialize", "../plain")):
        made = run("rekb", *command, cwd=root)
        assert made.returncode != 0
        assert message in made.stderr
        assert "is outside the project; name a place inside it" in made.stderr
    assert not (root.parent / "plain").exists()


def test_a_configuration_that_is_a_link_elsewhere_is_not_read(root: Path) -> None:
    (root / "mkdocs.yml").unlink()
    (root / "mkdocs.yml").symlink_to("/etc/passwd")
    made = run("rekb", "build", cwd=root)
    assert made.returncode == 2
    assert "mkdocs.yml" in made.stderr
    assert "root:" not in made.stderr


@pytest.mark.parametrize("target", [".", "..", "docs", "papers", "site"])
def test_materialize_takes_the_place_of_nothing_else(root: Path, target: str) -> None:
    (root / "site").mkdir()
    (root / "site" / ".rekb-site").write_text("Written by `rekb build`. It wrote:\n", encoding="utf-8")
    before = tree(root.parent)
    made = run("rekb", "materialize", target, cwd=root)
    assert made.returncode == 2
    assert tree(root.parent) == before


@pytest.fixture
def served(root: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/rekb/papers/{KEY}/"
    finally:
        process.terminate()
        process.wait(timeout=300)


def wait_for(address: str, text: str) -> bool:
    """Return whether `text` comes to stand on the page within five minutes."""
    for _ in range(1200):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server on loopback
                if text in answer.read().decode():
                    return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.25)
    return False


def test_serving_rebuilds_when_a_data_file_changes(root: Path, served: str) -> None:
    assert wait_for(served, "TinyThing: A Made-up Work for Tests")
    write(root, title="TinyThing: Changed While It Was Served")
    assert wait_for(served, "TinyThing: Changed While It Was Served")
