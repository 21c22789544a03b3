"""Proposals for entries: what was found, where it was read, and the change that would write it down."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rekb.edit.edits import Edit, edited
from rekb.errors import RekbError
from rekb.kb import KnowledgeBase
from rekb.markdowntext import code_in_markdown
from rekb.text import printable


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that a person should look at."""

    kind: str
    """``published``, ``moved``, ``code``, ``version``, ``dead``, or ``unanswered``."""
    path: str
    """The file, below the knowledge base's folder."""
    line: int
    """The line that it is about."""
    message: str
    source: str
    """The address where it was read; empty where no page says it."""
    edits: tuple[Edit, ...] = ()
    """What would write it down; none where a person must decide."""


@dataclass(frozen=True, slots=True)
class Applied:
    """Files as they are after all changes."""

    texts: Mapping[str, str]
    """Path to new text."""
    refused: tuple[str, ...] = ()
    """Why files are left as they are."""


def applied(base: KnowledgeBase, proposals: Iterable[Proposal]) -> Applied:
    """Return the files that proposals change; comments stay, the form is canonical."""
    edits: dict[str, list[Edit]] = {}
    for proposal in proposals:
        edits.setdefault(proposal.path, []).extend(proposal.edits)
    texts, refused = {}, []
    for path, wanted in sorted(edits.items()):
        if not wanted:
            # It changes nothing, it only reports.
            continue
        try:
            text = edited(base, path, wanted)
        except RekbError as error:
            refused.append(str(error))
        else:
            if text != base.documents[path].text:
                texts[path] = text
    return Applied(texts, tuple(refused))


def _text(proposals: Sequence[Proposal], summary: str) -> str:
    lines = []
    for p in proposals:
        read_at = f" ({p.source})" if p.source else ""
        lines.append(f"{p.path}:{p.line}: {p.kind}: {p.message}{read_at}")
        lines += [f"    {edit}" for edit in p.edits]
    parts = []
    for line in (*lines, summary):
        parts.append(f"{printable(line)}\n")
    return "".join(parts)


def _json(proposals: Sequence[Proposal], summary: str) -> str:
    found = [
        {
            "kind": p.kind,
            "file": p.path,
            "line": p.line,
            "message": p.message,
            "source": p.source,
            "edits": [str(edit) for edit in p.edits],
        }
        for p in proposals
    ]
    report = {"schema_version": 1, "summary": summary, "proposals": found}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _markdown(proposals: Sequence[Proposal], summary: str) -> str:
    """Return a report for the text of a pull request; what comes from outside is set as code."""
    # GitHub shows `- [ ]` as a box to tick, so a reviewer sees what was looked at.
    lines = [summary, ""]
    for p in proposals:
        read_at = f" (read at {code_in_markdown(p.source)})" if p.source else ""
        where = f"{code_in_markdown(p.path)} line {p.line}"
        lines.append(f"- [ ] **{p.kind}** {where}: {code_in_markdown(p.message)}{read_at}")
        lines += [f"    - {code_in_markdown(str(edit))}" for edit in p.edits]
    return "\n".join(lines).rstrip() + "\n"


REPORTS: dict[str, Callable[[Sequence[Proposal], str], str]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
}
"""Name of a form to what writes a report in it."""
