"""Where preprints are kept: one table for bibliographies, for new venues and for keeping works apart."""

import json
import re
from pathlib import Path

import pytest

from rekb.model.archives import ARCHIVES, Archive, holds_archive_doi, is_archive_doi, is_archive_name
from rekb.sources.well_known import well_known_venues

TEXTS = [
    row["text"]
    for row in json.loads((Path(__file__).parent / "bibliography_rows.json").read_text(encoding="utf-8"))
]
"""What Python and the script of the bibliography page are both asked."""


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda archive: archive.name)
def test_both_are_asked_about_every_archive(archive: Archive) -> None:
    named = rf"(?:journal|booktitle)=.*(?:{archive.names})"
    assert any(re.search(named, text, re.IGNORECASE) for text in TEXTS)
    # `10.x` and `10.y` of one archive are two branches of its pattern.
    for doi in archive.dois.split("|"):
        assert not doi or any(re.search(rf"doi=.*(?:{doi})", text, re.IGNORECASE) for text in TEXTS)


@pytest.mark.parametrize(
    "name",
    [
        name
        for venue in well_known_venues().values()
        if venue.kind == "preprint"
        for name in (venue.name, venue.short, *venue.accepts)
    ],
)
def test_well_known_servers_are_in_the_table(name: str) -> None:
    assert is_archive_name(name)


@pytest.mark.parametrize("name", ["NeurIPS", "SC", "Correlations", "Reprint Society", "Oskar Letters"])
def test_other_venues_are_none(name: str) -> None:
    assert not is_archive_name(name)


@pytest.mark.parametrize(
    ("field", "is_alone", "is_held"),
    [
        ("10.1101/123456", True, True),
        ("10.1101/2023.10.05.561066", True, True),
        ("10.64898/2026.01.01.123456", True, True),
        ("10.48550/arXiv.2205.14135", True, True),
        ("https://doi.org/10.5281/zenodo.1", False, True),
        ("doi:10.5281/zenodo.1", False, True),
        # Genome Research is a journal of bioRxiv's publisher.
        ("10.1101/gr.275777.121", False, False),
        ("10.1101/1234567", False, False),
        ("10.1145/10.5281", False, False),
        ("110.5281/zenodo.1", False, False),
        ("", False, False),
    ],
)
def test_dois_of_archives(field: str, is_alone: bool, is_held: bool) -> None:  # noqa: FBT001
    assert is_archive_doi(field) is is_alone
    assert holds_archive_doi(field) is is_held
