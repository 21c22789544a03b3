"""The index: Markdown that a code host shows; works are listed, links resolve, text stays text."""

import html
import re
from pathlib import Path
from typing import Any

import markdown
import pytest

from fixture_kb import KB
from rekb.exports.markdown_index import FRONT, MARK, Addresses, index_files
from rekb.loading.loader import load
from samples import ENTRIES, HOSTILE, fields, knowledge_base, sample_base
from test_cli_commands import call

ROOT = Path(__file__).parents[1]
TO = Addresses("A | title", "What *it* is.", "https://example.org/kb/", "https://example.org/o/r/blob/main/")


def written(text: str) -> str:
    """Return what a reader sees of Markdown."""
    return html.unescape(re.sub(r"<[^>]+>", "", markdown.markdown(text)))


def files(largest: int = 10_000, **changes: Any) -> dict[str, str]:
    base = knowledge_base(ENTRIES | {"moth2021extra": fields(**changes)}) if changes else sample_base()
    return index_files(base, tuple(base.entries), TO, largest)


def test_the_tree_has_counts_and_every_work_is_at_its_topics() -> None:
    made = files()
    assert list(made) == [FRONT, "architectures.md", "systems.md"]
    assert all(text.startswith(MARK) for text in made.values())
    assert "- [Systems](systems.md#topic-systems) (4)" in made[FRONT]
    assert "  - [Serving & \\[more\\]](systems.md#topic-systems--serving) (4)" in made[FRONT]
    assert "6 works" in made[FRONT]
    for key in ENTRIES:
        listed = [name for name, text in made.items() if f"(<https://example.org/kb/papers/{key}/>)" in text]
        assert listed == sorted({f"{topic.split('/')[0]}.md" for topic in ENTRIES[key]["topics"]})


@pytest.mark.parametrize("largest", [900, 2_000, 10_000])
def test_links_lead_to_an_anchor_whatever_the_size(largest: int) -> None:
    made = files(largest)
    links = re.findall(r"\]\(([\w-]+\.md)#([\w-]+)\)", made[FRONT])
    assert len(links) == 4
    assert all(f'<a id="{anchor}"></a>' in made[name] for name, anchor in links)
    for text in made.values():
        assert set(re.findall(r"\]\(([\w-]+\.md)\)", text)) <= {FRONT}


def test_a_file_that_would_be_too_large_goes_on_in_the_next() -> None:
    made = files(1_000)
    assert {"systems.md", "systems-2.md"} <= set(made)
    assert all(
        len(text.encode()) <= 1_000 for name, text in made.items() if name != FRONT and text.count("\n- ") > 1
    )
    assert "## Serving & \\[more\\] (continued)" in made["systems-2.md"]
    whole = "".join(files().values())
    assert sorted(re.findall(r"^- \*\*.*$", whole, re.MULTILINE)) == sorted(
        re.findall(r"^- \*\*.*$", "".join(made.values()), re.MULTILINE)
    )


@pytest.mark.parametrize(
    "title",
    [
        "A | pipe", "[A](https://evil.example)", "snake_case_and *stars*", "<script>alert(1)</script>",
        "a `b` c", "![x](y)", "# heading", "&lt;b&gt; & &amp;", "~~gone~~ $x$ @all", "ends with \\", "why?",
        HOSTILE,
    ],
)  # fmt: skip
def test_text_stays_text(title: str) -> None:
    text = files(100_000, title=title, name="N", authors=["Moth, Ada"])["architectures.md"]
    shown = written(text)
    plain = " ".join(title.split())
    assert plain.rstrip(".?!") in shown
    rendered = markdown.markdown(text)
    ours = ("https://example.org/", "https://github.com/a_b", FRONT)
    assert all(link.startswith(ours) for link in re.findall(r'href="([^"]+)"', rendered))
    assert "<script" not in rendered
    assert "<img" not in rendered


def test_without_addresses_there_are_no_links_to_them() -> None:
    base = sample_base()
    made = index_files(base, tuple(base.entries), Addresses("T", "", "", ""))
    assert (
        "**FlashThing**: FlashThing: Fast Attention with IO-Awareness. Dao et al., NeurIPS 2022"
        in made["architectures.md"]
    )
    assert "[file]" not in made["architectures.md"]
    assert "[Site]" not in made[FRONT]


def test_only_the_chosen_works_are_listed() -> None:
    base = sample_base()
    made = index_files(base, ("plato2020blog",), TO)
    assert list(made) == [FRONT, "systems.md"]
    assert "1 work " in made[FRONT]
    assert "- Architectures (0)" in made[FRONT]


def test_the_command_replaces_its_own_folder_and_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "index"
    arguments = ("export", "markdown", "--layout", "index", "--root", str(ROOT), "-o", str(target))
    assert call(*arguments, capsys=capsys)[0] == 0
    (target / "stale.md").write_text("old", encoding="utf-8")
    status, _, error = call(*arguments, "--topic", "systems", capsys=capsys)
    assert (status, min(f.name for f in target.iterdir())) == (0, FRONT)
    assert not (target / "stale.md").exists()
    assert "wrote" in error
    assert all(file.stat().st_size < 512_000 for file in target.iterdir())
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    status, _, error = call(*arguments[:-1], str(tmp_path), capsys=capsys)
    assert status == 2
    assert "is not empty and was not made by this command" in error
    (target / ".git").mkdir()
    status, _, error = call(*arguments, capsys=capsys)
    assert status == 2
    assert "holds `.git`, which this command did not write" in error
    assert (target / ".git").is_dir()


@pytest.mark.parametrize("place", [".", "papers", "docs", "docs/new"])
def test_the_index_takes_the_place_of_nothing_else(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("export", "markdown", "--layout", "index", "--root", str(ROOT), "-o", str(ROOT / place))
    status, _, error = call(*arguments, capsys=capsys)
    assert status == 2
    assert "holds what the pages are made of" in error


@pytest.mark.parametrize(
    "arguments", [["markdown", "--layout", "index"], ["bibtex", "--layout", "index", "-o", "x"],
                  ["markdown", "--layout", "index", "-o", "-"]],
)  # fmt: skip
def test_the_index_is_a_folder_of_markdown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, output, error = call("export", *arguments, "--root", str(KB), capsys=capsys)
    assert (status, output) == (2, "")
    assert "the index is a folder of Markdown" in error


def test_every_work_of_the_corpus_is_listed() -> None:
    base, _ = load(ROOT)
    text = "".join(index_files(base, tuple(base.entries), TO).values())
    assert {key for key in base.entries if f"/papers/{key}/>)" not in text} == set()
