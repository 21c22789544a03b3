"""The files of a new knowledge base: templates filled with its plan, data files in canonical form."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined

from rekb.edit.format import format_text
from rekb.loading.layout import PAPERS, TOPICS, kind_of
from rekb.markdowntext import plain_in_markdown
from rekb.scaffold.colours import palette
from rekb.scaffold.plan import Plan
from rekb.site.pages.registry import TABS, pages_of_tab

# A tag may be moved to other code, a commit cannot be.
ACTIONS = {
    "checkout": "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    "python": "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0",
    "upload": "actions/upload-pages-artifact@7b1f4a764d45c48632c6b24a0339c27f5614fb0b # v4.0.0",
    "deploy": "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
}
"""The actions of the workflows, each by the commit of a release."""
SAMPLED = "2026-11-25"
"""The day on which the facts of the sample entry were looked at."""
_SUFFIX = ".j2"
_SAMPLED = (f"{PAPERS}/", f"{TOPICS}/")
"""Folders of what only shows how it is done."""


@dataclass(frozen=True, slots=True)
class NavigationLine:
    """A page in the navigation of a new knowledge base."""

    label: str
    """What the navigation calls it."""
    file: str
    """The file by which MkDocs knows it."""
    note: str
    """A comment behind it, where the page may be missing at first."""


def scaffold_files(plan: Plan, *, samples: bool = True) -> dict[str, str]:
    """Return every file of a new knowledge base by its path, apart from the schemas that follow from it.

    Args:
        plan: what it is made of.
        samples: whether it begins with sample topics and a sample entry.
    """
    environment = _environment()
    names = _names(plan) | {"samples": samples}
    texts = {}
    for path, template in sorted(_templates(files("rekb.scaffold") / "templates", "")):
        if not samples and path.startswith(_SAMPLED):
            continue
        text = environment.from_string(template).render(names)
        if kind_of(path):
            # A title of any length may stand in a data file; only the formatter knows where its lines break.
            text = _canonical(text, path)
        texts[path] = text
    return texts


def _names(plan: Plan) -> dict[str, object]:
    """Return what the templates know."""
    known: dict[str, object] = {field.name: getattr(plan, field.name) for field in fields(plan)}
    return known | {
        "today": plan.today.isoformat(),
        "year": plan.today.year,
        "sampled": SAMPLED,
        "repo_name": urlsplit(plan.repo_url).path.strip("/"),
        "palette": palette(plan.colour),
        "actions": ACTIONS,
        "tabs": {tab: navigation_lines(tab) for tab in TABS},
    }


def navigation_lines(tab: str) -> list[NavigationLine]:
    """Return the lines of a tab in a new ``mkdocs.yml``, each with a word on when its page is shown."""
    found = []
    for place, kind in pages_of_tab(tab):
        note = f"  # shown once {kind.once}" if kind.once else ""
        found.append(NavigationLine(place.label, kind.src_uri, note))
    return found


def _environment() -> Environment:
    """Return Jinja with signs that neither YAML, Make nor GitHub's workflows give a meaning to."""
    made = Environment(  # noqa: S701 - nothing here is HTML; each place has a filter of its own
        undefined=StrictUndefined,
        # Jinja would take away the line end that closes a file of text.
        keep_trailing_newline=True,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
    # YAML reads a text as JSON writes it: the double quotes and the escapes are the same.
    made.filters["yaml"] = lambda text: json.dumps(text, ensure_ascii=False)
    made.filters["prose"] = plain_in_markdown
    return made


def _templates(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of each template; ``dot-`` means the dot of a hidden file."""
    for entry in folder.iterdir():
        # Under its real name, git would obey the template of .gitignore here.
        path = above + re.sub(r"^dot-", ".", entry.name)
        if entry.is_dir():
            yield from _templates(entry, f"{path}/")
        elif path.endswith(_SUFFIX):
            yield path.removesuffix(_SUFFIX), entry.read_text(encoding="utf-8")


def _canonical(text: str, path: str) -> str:
    made = format_text(text.encode(), path)
    if made.text is None:
        raise AssertionError(f"{path}: {made.faults}")
    return made.text
