"""Identifiers of publications: one table, and what every part makes of its rows."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from rekb.citation.work import _FORMAL as FORMS_OF_FORMAL
from rekb.intake.venues import venue_names
from rekb.model import Venue
from rekb.model.facets import VenueKind
from rekb.model.identifiers import (
    SCHEMES,
    for_scripts,
    implied_by,
    known_in_address,
    normal_pairs,
    pairs_in_address,
    pairs_in_text,
)
from rekb.model.record import Record
from rekb.sources.work import Appearance
from samples import sample_base

NODE = shutil.which("node") or "node"


@pytest.mark.parametrize(
    ("identifier", "month"),
    [
        ("2205.14135", (2022, 5)),
        ("0704.0001", (2007, 4)),
        ("1412.9999", (2014, 12)),
        ("1501.00001", (2015, 1)),
        ("cs/0501001", (2005, 1)),
        ("hep-th/9901001", (1999, 1)),
        ("math.GT/0309136", (2003, 9)),
        ("2213.14135", None),
        ("2200.14135", None),
        ("2205.1413", None),
        ("1412.00001", None),
        ("0703.0001", None),
        ("cs/0704001", None),
        ("math/0801001", None),
        ("hep-th/9012001", None),
        ("nonsense", None),
    ],
)
def test_the_month_of_an_arxiv_identifier(identifier: str, month: tuple[int, int] | None) -> None:
    assert SCHEMES["arxiv"].date_of(identifier) == month


def test_other_schemes_tell_no_date() -> None:
    assert [scheme.id for scheme in SCHEMES.values() if scheme.date_of("2205.14135")] == ["arxiv"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://arxiv.org/abs/2205.14135v2", {"arxiv": "2205.14135"}),
        ("https://www.arxiv.org/pdf/math.GT/0309136v1.pdf", {"arxiv": "math/0309136"}),
        ("https://arxiv.org/abs/2205.14135%3Fsee", {"arxiv": "2205.14135"}),
        ("https://alphaxiv.org/abs/2205.14135", {"arxiv": "2205.14135"}),
        ("https://doi.org/10.1145/ABC/", {"doi": "10.1145/ABC"}),
        (
            "https://doi.org/10.48550/arXiv.2205.14135",
            {"doi": "10.48550/arXiv.2205.14135", "arxiv": "2205.14135"},
        ),
        ("https://doi.org/10.18653/v1/P18-1234", {"doi": "10.18653/v1/P18-1234", "acl": "P18-1234"}),
        ("https://dl.acm.org/doi/pdf/10.1145/3600006.3613165?x=y", {"doi": "10.1145/3600006.3613165"}),
        ("https://dl.acm.org/doi/10.5555/3600006.3613165", {}),
        ("https://aclanthology.org/P18-1234.pdf", {"acl": "P18-1234"}),
        ("https://www.aclweb.org/anthology/P18-1234/", {"acl": "P18-1234"}),
        ("https://openreview.net/pdf?noteId=a&id=H4DqfPSibmx", {"openreview": "H4DqfPSibmx"}),
        ("https://openreview.net/profile?id=~Tri_Dao1", {}),
        ("https://proceedings.mlr.press/v162/du22c/du22c.pdf", {"pmlr": "v162/du22c"}),
        ("https://example.org/abs/2205.14135", {}),
        ("https://[broken/abs/2205.14135", {}),
        ("https://arxiv.org/abs/\N{FULLWIDTH DIGIT TWO}205.14135", {}),
    ],
)
def test_what_an_address_leads_to(address: str, found: dict[str, str]) -> None:
    assert known_in_address(address) == found


def test_equal_identifiers_compare_equal() -> None:
    assert normal_pairs({"arxiv": "math.GT/0309136"}) == normal_pairs({"arxiv": "math/0309136"})
    assert normal_pairs({"acl": "P18-1234"}) == pairs_in_address("https://aclanthology.org/P18-1234.pdf")
    assert normal_pairs({"doi": "10.48550/ARXIV.2105.15203"}) == (
        ("arxiv", "2105.15203"),
        ("doi", "10.48550/arxiv.2105.15203"),
    )
    assert implied_by("10.1145/3600006.3613165") == {}


TEXTS = [
    (
        "see arXiv:2205.14135v2, and 10.1145/3600006.3613165.",
        ["arxiv:2205.14135", "doi:10.1145/3600006.3613165"],
    ),
    ("CoRR abs/cs.LG/0501001", ["arxiv:cs/0501001"]),
    ("https://doi.org/10.48550/arXiv.2205.14135", ["arxiv:2205.14135", "doi:10.48550/arxiv.2205.14135"]),
    ("https://openreview.net/forum?id=H4DqfPSibmx&x=1", ["openreview:H4DqfPSibmx"]),
    ("https://aclanthology.org/2022.acl-long.577.pdf", ["acl:2022.acl-long.577"]),
    ("https://www.aclweb.org/anthology/P18-1234/", ["acl:p18-1234"]),
    ("https://proceedings.mlr.press/v162/du22c.html", ["pmlr:v162/du22c"]),
    ("nothing at all: 2205.14135, P18-1234", []),
]
"""Free text, and the identifiers in it; Python and the browser's script find the same."""


@pytest.mark.parametrize(("text", "found"), TEXTS)
def test_what_a_text_holds(text: str, found: list[str]) -> None:
    assert [f"{scheme}:{value}" for scheme, value in pairs_in_text(text)] == found


def test_the_browser_reads_the_patterns_alike() -> None:
    program = """
        const [schemes, texts] = JSON.parse(require("fs").readFileSync(0, "utf8"));
        console.log(JSON.stringify(texts.map((text) => Object.entries(schemes).flatMap(([id, scheme]) =>
          [...text.matchAll(new RegExp(scheme.text, "gi"))].map((match) => {
            const value = match[1].replace(/\\.+$/, "").replace(new RegExp(scheme.dropped), "");
            return `${id}:${scheme.foldsCase ? value.toLowerCase() : value}`;
          })))));
    """
    given = json.dumps([for_scripts(), [text for text, _ in TEXTS]])
    done = subprocess.run([NODE, "-e", program], input=given, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [found for _, found in TEXTS]


@pytest.mark.parametrize(
    ("scheme", "text", "bare"),
    [
        ("arxiv", "arXiv: 2205.14135v2", "2205.14135"),
        ("arxiv", "arxiv.org/abs/2205.14135", "2205.14135"),
        ("doi", "https://dx.doi.org/10.1145/1", "10.1145/1"),
        ("openreview", "https://openreview.net/forum?id=H4DqfPSibmx", "H4DqfPSibmx"),
        ("openreview", "H4DqfPSibmx", None),
        ("acl", "ACL: P18-1234", "P18-1234"),
        ("pmlr", "https://proceedings.mlr.press/v162/du22c.html", "v162/du22c"),
        ("pmlr", "https://arxiv.org/abs/2205.14135", None),
    ],
)
def test_the_bare_identifier(scheme: str, text: str, bare: str | None) -> None:
    assert SCHEMES[scheme].bare(text) == bare


@pytest.mark.parametrize(
    ("venue", "scheme"),
    [
        ({"id": "arxiv", "kind": "preprint"}, "arxiv"),
        ({"id": "preprints", "kind": "preprint", "url": "https://arxiv.org/"}, "arxiv"),
        ({"id": "biorxiv", "kind": "preprint", "url": "https://www.biorxiv.org/"}, None),
        ({"id": "acl", "kind": "conference", "url": "https://aclanthology.org/"}, None),
    ],
)
def test_which_server_gives_out_identifiers(venue: dict[str, str], scheme: str | None) -> None:
    found = Venue.model_validate({"name": "N", "short": "S", **venue}).scheme
    assert (found.id if found else None) == scheme


def test_what_is_published_is_a_property_of_the_kind() -> None:
    formal = {kind for kind in get_args(VenueKind) if Venue(id="x", name="N", short="S", kind=kind).is_formal}
    assert formal == {"conference", "journal", "workshop", "book"}
    assert formal == set(FORMS_OF_FORMAL)


def test_servers_and_sites_are_known_by_their_own_addresses() -> None:
    rows = [
        Venue(id="preprints", name="N", short="P", kind="preprint", url="https://arxiv.org/"),
        Venue(id="forge", name="N", short="F", kind="web", url="https://www.github.com/"),
        Venue(id="web", name="N", short="W", kind="web"),
    ]
    names = venue_names(replace(sample_base(), venues={venue.id: venue for venue in rows}))
    assert names.server_of("arxiv") == "preprints"
    assert names.at("https://github.com/moth/lamp") == "forge"
    assert names.at("https://example.org/github.com/") is None
    assert names.at("") is None


def test_every_row_is_a_field_of_a_record_and_of_what_sources_tell() -> None:
    fields = tuple(Record.model_fields)
    assert fields[3 : 3 + len(SCHEMES)] == tuple(SCHEMES)
    assert set(SCHEMES) <= set(Appearance.__dataclass_fields__)
    for ranks in (
        [scheme.page_rank for scheme in SCHEMES.values()],
        [scheme.lookup_rank for scheme in SCHEMES.values()],
    ):
        assert len(set(ranks)) == len(ranks)


def test_a_new_scheme_is_one_row() -> None:
    """All parts read a row that nobody has heard of, in a process that adds it before they are imported."""
    script = Path(__file__).parent / "made_up_scheme.py"
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = dict(json.loads(line) for line in done.stdout.splitlines())
    identifier, page = "hal-01234567", "https://hal.science/hal-01234567"
    assert found == {
        "record": {"hal": identifier},
        "advice": "a HAL id is like hal-01234567",
        "schema": True,
        "quoted": True,
        "page": page,
        "pdf": f"{page}/document",
        "secure host": page,
        "identifiers": [["hal", identifier]],
        "in an address": [["hal", identifier]],
        "given": f"HAL {identifier}",
        "given as address": f"HAL {identifier}",
        "given as DOI": f"HAL {identifier}",
        "in a list": True,
        "fix": [identifier],
        "bibliography": True,
        "script": r"hal\.science/(hal-[0-9]{8})",
        "links": [page],
        "sqlite": True,
        "rules": [0, 0],
        "entry page": True,
        "bibliography page": True,
    }
