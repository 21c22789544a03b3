"""Text from outside in Markdown that we write: wherever it is put, it changes nothing around it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fixture_kb import KB
from rekb.cli.commands.watch import _as_markdown as watched
from rekb.diagnostics import Diagnostic, Place, Report, Severity
from rekb.exports.markdown import markdown_file
from rekb.exports.markdown_index import Addresses, index_files
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.markdowntext import code_in_markdown
from rekb.model.watch import Candidate
from rekb.reports import as_markdown
from rekb.upkeep.proposals import REPORTS, Proposal
from rekb.upkeep.ranking import Ranked
from rekb.upkeep.watching import Fault, Looked
from rekb.yamlio.document import Document, SourceMap

HOSTILE = [
    "[a](javascript:alert(1)) ![b](https://evil.example/p.png) [c]: https://evil.example",
    "@everyone #1 owner/name#2 https://evil.example www.evil.example",
    "` code `` more ``` fence",
    "`",
    "a | b || c",
    "a \\| b \\\\| c \\",
    "<script>alert(1)</script> <!-- --> &lt;b&gt; &#60;",
    "*a* _b_ **c** ~~d~~ $x^2$ $$y$$",
    "line\n\n# heading\n\n- list\n\n| --- |",
    "\u202eturned\x1b[31m \u200b",
    "- [x] done",
    "+ point",
    "12. point",
    "1) point",
    "===",
    "- - -",
    "--",
    "-1 and +2 stay",
    "{{ jinja }} {% raw %}",
]
PLAIN = "An ordinary title"
BASE, _ = load(KB)
KEY = "moth2022tile"


def finding(text: str) -> str:
    diagnostic = Diagnostic("a-rule", Severity.ERROR, Place(f"papers/{text}.yaml", 1, 1), text, text)
    return as_markdown(Report([diagnostic]), {"a": Document("a", None, SourceMap(), "")})


def proposal(text: str) -> str:
    return REPORTS["markdown"]([Proposal("published", f"papers/{text}.yaml", 3, text, text)], "1 entry")


def candidate(text: str) -> str:
    found = Candidate.model_construct(
        id=text, title=text, lists=(text,), first=text, seen=date(2026, 1, 1), tried=None
    )
    return watched([Ranked(found, 1.0, text, ())], 1, Looked(faults=[Fault(text, text)]))


def hostile_base(text: str) -> KnowledgeBase:
    """Return the made-up knowledge base with one work, whose title, name and author are the text."""
    entry = BASE.entries[KEY].model_copy(update={"title": text, "name": text, "authors": (f"{text}, A",)})
    return replace(BASE, entries={KEY: entry})


def references(text: str) -> str:
    return markdown_file(hostile_base(text), (KEY,))


def index(text: str) -> str:
    files = index_files(hostile_base(text), (KEY,), Addresses(text, text, "", ""))
    return "\n\n".join(files.values())


IN_CODE = (finding, proposal, candidate)
"""What GitHub shows: mentions and links end in code only."""
AS_TEXT = (references, index)


def leaves(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from leaves(token.children or [])


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def shape(text: str) -> list[str]:
    """Return what a Markdown becomes, without its words."""
    return [leaf.type for leaf in leaves(parsed(text)) if leaf.type not in ("text", "text_special")]


@pytest.mark.parametrize("write", [*IN_CODE, *AS_TEXT])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_what_is_around_it(write: Callable[[str], str], text: str) -> None:
    assert shape(write(text)) == shape(write(PLAIN))


@pytest.mark.parametrize("write", IN_CODE)
@pytest.mark.parametrize("text", HOSTILE)
def test_reports_show_text_in_code_only(write: Callable[[str], str], text: str) -> None:
    outside = [leaf.content for leaf in leaves(parsed(write(text))) if leaf.type == "text"]
    assert outside == [leaf.content for leaf in leaves(parsed(write(PLAIN))) if leaf.type == "text"]


@pytest.mark.parametrize(
    ("text", "in_list", "in_table"),
    [
        ("", "", ""),
        ("a", "`a`", "`a`"),
        ("`", "`'`", "`'`"),
        ("a|b", "`a|b`", "`a\\|b`"),
        ("a\\|b", "`a\\|b`", "`a\\ \\|b`"),
        ("a\nb", "`a\\nb`", "`a\\nb`"),
    ],
)
def test_code(text: str, in_list: str, in_table: str) -> None:
    assert code_in_markdown(text) == in_list
    assert code_in_markdown(text, in_table=True) == in_table


def test_a_proposal_without_a_page_names_none() -> None:
    bare = Proposal("code", "papers/a.yaml", 3, "the repository is gone", "")
    assert REPORTS["text"]([bare], "1 entry") == "papers/a.yaml:3: code: the repository is gone\n1 entry\n"
    assert REPORTS["markdown"]([bare], "1 entry") == (
        "1 entry\n\n- [ ] **code** `papers/a.yaml` line 3: `the repository is gone`\n"
    )
