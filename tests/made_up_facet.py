"""Run by a test on its own: adds one row to the table of facets, then asks every reader of the table.

The row has to be there before the readers are imported, so this is a process of its own. It prints
one line of JSON for each reader.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import rekb

# The package of the models imports them all, so a package without them stands in until the row is there.
empty = ModuleType("rekb.model")
empty.__path__ = [str(Path(rekb.__file__).parent / "model")]
sys.modules["rekb.model"] = empty

from rekb.model.facet_table import FACETS, FacetRow  # noqa: E402 - only now

FACETS["kind"] = FacetRow(
    id="kind",
    title="Sort of work",
    help="What it is",
    meaning="What it is.",
    read=lambda entry, _: (entry.kind,),
    words_from="row",
    words=(("paper", "Paper"), ("software", "Software"), ("report", "Report"), ("post", "Post")),
    aliases=("form",),
    question="What do you look for?",
)
del sys.modules["rekb.model"]

from rekb.errors import QueryError  # noqa: E402 - the row comes first
from rekb.exports import Selection, select  # noqa: E402
from rekb.kb.query import Query, checked, matching  # noqa: E402
from rekb.model import Config  # noqa: E402
from rekb.reference import query_page, schemas  # noqa: E402
from rekb.site.build import build_site  # noqa: E402
from rekb.site.facets.questions import question_views  # noqa: E402
from rekb.site.page import SiteSettings  # noqa: E402
from samples import sample_base  # noqa: E402
from test_query import in_the_browser  # noqa: E402


def reported(reader: str, found: object) -> None:
    """Print what a reader makes of the new facet."""
    print(json.dumps([reader, found]))  # noqa: T201 - the test reads it


def refused(name: str, word: str) -> str:
    """Return what is said of a word that does not exist."""
    try:
        checked(sample_base(), [(name, word)])
    except QueryError as error:
        return str(error)
    return ""


QUESTION = {"title": "Which programs?", "why": "They run.", "state": {"kind": ["software"]}}
base = replace(sample_base(), config=Config.model_validate({"questions": [QUESTION]}))
reported("query", matching(base, Query.parse("kind=software")))
reported("alias", matching(base, Query.parse("form=software")))
reported("browser", [keys for _, _, keys, _ in in_the_browser(base, ["kind=software", "form=software"])])
reported("refused", refused("kind", "sofware"))
reported("export", select(base, Selection(facets=("kind=software",))))
reported("question", next((view.query, view.count) for view in question_views(base)))
try:
    Config.model_validate({"questions": [{**QUESTION, "state": {"kind": ["song"]}}]})
except ValueError:
    reported("wrong word in a question", found=True)
pages = {page.path: str(page.body) for page in build_site(base, SiteSettings("T", "", "", "")).pages}
reported(
    "explore page", ["Sort of work" in pages["explore/"], 'name="kind" value="software"' in pages["explore/"]]
)
reported("finder", "What do you look for?" in pages["finder/"])
reported("reference", "| `kind` | `form` | What it is. |" in query_page())
reported("schema", any('"kind": {' in text and "What it is." in text for text in schemas(base).values()))
