"""Run by a test on its own: adds one row to the table of identifiers, then asks every reader of the table.

The row has to be there before the readers are imported, so this is a process of its own.
It prints one line of JSON for each reader.
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

from rekb.model.identifiers import SCHEMES  # noqa: E402 - only now
from rekb.model.scheme import Scheme  # noqa: E402

SCHEMES["hal"] = Scheme(
    id="hal",
    name="HAL",
    label="HAL {}",
    help="HAL identifier.",
    advice="a HAL id is like hal-01234567",
    form="hal-[0-9]{8}",
    page="https://hal.science/{}",
    hosts=("hal.science",),
    text="hal\\.science/(hal-[0-9]{8})",
    after="(?:v[0-9]+)?",
    doi_prefix="10.99999/hal.",
    pdf="https://hal.science/{}/document",
    page_rank=0,
    lookup_rank=0,
)

del sys.modules["rekb.model"]

from rekb.checks.addresses import entry_identifiers, tidied  # noqa: E402 - the row comes first
from rekb.checks.identity import duplicate_identifier, identifier_in_address  # noqa: E402
from rekb.citation.work import cited_work, record_address  # noqa: E402
from rekb.edit.style import is_quoted  # noqa: E402
from rekb.exports.sqlite import sqlite_file  # noqa: E402
from rekb.fixes.records import identifiers as bare_identifiers  # noqa: E402
from rekb.fixes.words import known_words  # noqa: E402
from rekb.loading.validation import fit  # noqa: E402
from rekb.model import Entry  # noqa: E402
from rekb.model.identifiers import for_scripts  # noqa: E402
from rekb.model.record import Record  # noqa: E402
from rekb.reference import schemas  # noqa: E402
from rekb.site.build import build_site  # noqa: E402
from rekb.site.page import SiteSettings  # noqa: E402
from rekb.sources.identifiers import read_identifier  # noqa: E402
from rekb.sources.lists.reading import read_item  # noqa: E402
from rekb.sources.lists.works import listed_work  # noqa: E402
from rekb.upkeep.bibliography import citations  # noqa: E402
from rekb.upkeep.links import addresses  # noqa: E402
from rekb.yamlio.reader import parse  # noqa: E402
from samples import sample_base  # noqa: E402


def reported(reader: str, found: object) -> None:
    """Print what a reader makes of the new scheme."""
    print(json.dumps([reader, found], default=str))  # noqa: T201 - the test reads it


RECORD = {"venue": "arxiv", "year": 2022, "hal": "hal-01234567"}
base = sample_base()
key = next(iter(base.entries))
entry = base.entries[key].model_copy(update={"records": (Record.model_validate(RECORD),)})
base = replace(base, entries={**base.entries, key: entry})

reported("record", Record.model_validate(RECORD).named())
wrong = parse(b"title: T\nrecords: [{venue: x, year: 2022, hal: nonsense}]\n", "papers/2022/x2022t.yaml")
assert wrong.document is not None
reported("advice", next(d.hint for d in fit(wrong.document, Entry)[1] if d.field == "records[0].hal"))
reported("schema", "hal" in json.loads(next(iter(schemas(base).values())))["$defs"]["Record"]["properties"])
reported("quoted", is_quoted(("records", 0, "hal"), Entry))
reported("page", record_address(entry.records[0]))
reported("pdf", cited_work(key, entry, base.venues).pdf)
reported("secure host", tidied("http://hal.science/hal-01234567"))
reported("identifiers", sorted(entry_identifiers(entry)))
inside = Record(venue="arxiv", year=2022, url="https://hal.science/hal-01234567v2")
reported("in an address", sorted(entry_identifiers(entry.model_copy(update={"records": (inside,)}))))
reported("given", str(read_identifier("HAL: hal-01234567v2")))
reported("given as address", str(read_identifier("hal.science/hal-01234567")))
reported("given as DOI", str(read_identifier("10.99999/hal.hal-01234567")))
work = listed_work(read_item("A title. [Paper](https://hal.science/hal-01234567)"))
reported(
    "in a list", [appearance.identifiers() for appearance in work.appearances] == [{("hal", "hal-01234567")}]
)
value = {"records": [{**RECORD, "hal": "https://hal.science/hal-01234567v3"}]}
reported("fix", [change.value for change in bare_identifiers(value, known_words(base), key)])
reported("bibliography", citations(base, "@misc{x, url={https://hal.science/hal-01234567}}")[0].work == key)
reported("script", for_scripts()["hal"]["text"])
reported("links", sorted(a for a in addresses(base) if "hal" in a))
reported("sqlite", b"pmlr TEXT, hal TEXT" in sqlite_file(base, (key,)))
reported("rules", [len(list(rule(base))) for rule in (duplicate_identifier, identifier_in_address)])
pages = {
    page.path: str(page.body)
    for page in build_site(base, SiteSettings("T", "What it is.", "https://example.org/", "")).pages
}
reported("entry page", 'href="https://hal.science/hal-01234567"' in pages[f"papers/{key}/"])
reported("bibliography page", "PMLR, HAL)" in pages["bibliography/"])
