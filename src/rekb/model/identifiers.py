"""Identifiers of publications: one table, one row a scheme, and what can be asked of all of them.

A record's fields, rules, page addresses, citations, look-ups, imports and the script of the bibliography page
all read these rows, so a new scheme is a new row here. Only what one service or one format does on its own
is elsewhere: how a service is asked in `rekb.lookup`, BibTeX's ``eprint`` in `rekb.citation.bibtex`.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rekb.model.scheme import Scheme, arxiv_month

Pair = tuple[str, str]
"""Scheme and value: ``("arxiv", "2205.14135")``."""

# arXiv before April 2007: archive, perhaps a subject class, and seven digits.
_ARXIV = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})"
_OPENREVIEW = "[A-Za-z0-9_-]{6,20}"
# The Anthology before 2020: a letter for the venue, two digits for the year, then volume and paper.
_ACL = r"(?:[A-Z][0-9]{2}-[0-9]{4,5}|[0-9]{4}\.[a-z0-9_-]+\.[0-9]+)"
# PMLR: the volume, then the first author with two digits of the year.
_PMLR = "v[0-9]+/[a-z0-9-]+"

_ROWS = (
    Scheme(
        id="arxiv",
        name="arXiv",
        label="arXiv:{}",
        help='arXiv identifier without version: ``"2205.14135"`` (quoted, or its zeros are lost).',
        advice='an arXiv id is like "2205.14135" or "cs/0501001", without version',
        form=_ARXIV,
        page="https://arxiv.org/abs/{}",
        # These show arXiv's papers under its own numbers: as HTML, or with what readers say of them.
        hosts=("arxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org", "huggingface.co", "alphaxiv.org"),
        text=rf"(?:arxiv[:.\s/]*(?:abs/|pdf/)?|abs/|pdf/)({_ARXIV})",
        before="/(?:abs|pdf|html|format|papers)/",
        after=r"(?:v[0-9]+)?(?:\.pdf)?",
        is_known_when_damaged=True,
        # The subject class of an old identifier was added later: math.GT/0309136 is math/0309136.
        dropped=r"\.[A-Z]{2}(?=/)",
        # arXiv has registered a DOI for each of its papers since 2022, made of its number.
        doi_prefix="10.48550/arXiv.",
        pdf="https://arxiv.org/pdf/{}",
        date=arxiv_month,
        fields=("eprint",),
        page_rank=5,
        lookup_rank=1,
    ),
    Scheme(
        id="doi",
        name="DOI",
        label="doi:{}",
        help="Digital object identifier, without ``https://doi.org/``.",
        advice='a DOI is like "10.1145/3600006.3613165", without https://doi.org/',
        # Old DOIs hold < and >: 10.1175/1520-0493(1987)115<1606:G>2.0.CO;2.
        # None ends in a stop or a comma: that is the sentence it was copied from.
        form=r'10\.[0-9]{4,9}/[^\s"{}\\^`|]*[^\s"{}\\^`|.,;:]',
        page="https://doi.org/{}",
        hosts=("doi.org",),
        text=r'\b(10\.[0-9]{4,9}/[^\s"{}<>,;]+)',
        elsewhere=(
            # A publisher's page of a DOI; 10.5555 is ACM's own numbering, which no registry knows.
            r"^https?://[^/]+/doi/(?:abs/|pdf/|full/|epdf/|pdfdirect/)?(10\.(?!5555/)[0-9]{4,9}/[^?#\s]+)",
            # A resolver of a publisher's own: doi.acm.org, doi.wiley.com.
            r"^https?://doi\.[a-z.]+/(10\.[0-9]{4,9}/[^?#\s]+)",
            # A preprint server whose addresses hold the DOI, and behind it the version.
            r"^https?://(?:www\.)?(?:bio|med)rxiv\.org/content/(10\.[0-9]{4,9}/[0-9.]*[0-9])(?=[v/?#]|$)",
        ),
        # The registry's rules: two DOIs that differ only in upper and lower case are one.
        folds_case=True,
        page_rank=4,
        lookup_rank=4,
    ),
    Scheme(
        id="openreview",
        name="OpenReview",
        label="OpenReview",
        help="OpenReview forum identifier.",
        advice="an OpenReview id is the part behind forum?id=",
        form=_OPENREVIEW,
        page="https://openreview.net/forum?id={}",
        hosts=("openreview.net",),
        text=rf"openreview\.net/(?:forum|pdf)\?id=({_OPENREVIEW})",
        parameter="id",
        # Ten letters may be any word: an identifier has a digit or capitals inside.
        guess="(?=[A-Za-z_-]*[0-9]|[a-z]+[A-Z]|[A-Z]+[a-z]+[A-Z])[A-Za-z0-9_-]{9,14}",
        page_rank=2,
        lookup_rank=3,
    ),
    Scheme(
        id="acl",
        name="ACL Anthology",
        label="ACL Anthology",
        help="ACL Anthology identifier: ``2022.acl-long.577``.",
        advice="an Anthology id is like 2022.acl-long.577",
        form=_ACL,
        page="https://aclanthology.org/{}/",
        # The Anthology was at aclweb.org/anthology before it had a host of its own.
        hosts=("aclanthology.org", "aclweb.org"),
        text=rf"(?:aclanthology|aclweb)\.org/(?:anthology/)?({_ACL})",
        before="/(?:anthology/)?",
        after=r"(?:\.pdf|\.bib)?",
        folds_case=True,
        doi_prefix="10.18653/v1/",
        pdf="https://aclanthology.org/{}.pdf",
        page_rank=1,
        lookup_rank=2,
    ),
    Scheme(
        id="pmlr",
        name="PMLR",
        label="PMLR",
        help="PMLR volume and paper: ``v162/du22c``.",
        advice="a PMLR id is like v162/du22c",
        form=_PMLR,
        page="https://proceedings.mlr.press/{}.html",
        hosts=("proceedings.mlr.press",),
        text=rf"proceedings\.mlr\.press/({_PMLR})",
        after=r"(?:\.html|/[a-z0-9-]+\.pdf)?",
        folds_case=True,
        page_rank=3,
        lookup_rank=5,
    ),
)
SCHEMES: dict[str, Scheme] = {row.id: row for row in _ROWS}
"""The schemes by id, in the order of a record's fields."""


def normal_pairs(named: Mapping[str, str | None]) -> tuple[Pair, ...]:
    """Return identifiers in the spelling that equal ones share, with those that a DOI implies.

    Args:
        named: scheme to value, as it was found; `None` for none.
    """
    doi = named.get("doi")
    found = _normal(named)
    if doi:
        found |= _normal(implied_by(doi))
    return tuple(sorted(found))


def _normal(named: Mapping[str, str | None]) -> set[Pair]:
    found: set[Pair] = set()
    for name, value in named.items():
        if value:
            found.add((name, SCHEMES[name].normal(value)))
    return found


def implied_by(doi: str) -> dict[str, str]:
    """Return the identifiers that a DOI ends in: ``10.18653/v1/P19-1285``, the Anthology's."""
    found: dict[str, str] = {}
    for name, scheme in SCHEMES.items():
        value = scheme.in_doi(doi)
        if value:
            found[name] = value
    return found


# Most records have no address, and several rules ask for what is in each.
@lru_cache(maxsize=2**15)
def pairs_in_address(address: str) -> tuple[Pair, ...]:
    """Return the identifiers that a web address leads to, in the spelling that equal ones share."""
    found = {}
    for name, scheme in SCHEMES.items():
        found[name] = scheme.in_address(address)
    return normal_pairs(found)


def known_in_address(address: str) -> dict[str, str]:
    """Return what a web address leads to as entries write it, with what a DOI implies.

    Addresses of publishers that hold a DOI count, and those with something pasted behind an identifier.
    """
    found: dict[str, str] = {}
    for name, scheme in SCHEMES.items():
        value = scheme.in_loose_address(address)
        if value and scheme.is_wellformed(value):
            found[name] = scheme.written(value)
    if "doi" in found:
        found = implied_by(found["doi"]) | found
    return found


def pairs_in_text(text: str) -> Iterator[Pair]:
    """Yield the identifiers that free text holds, scheme by scheme, in the spelling that equal ones share."""
    for name, scheme in SCHEMES.items():
        for value in scheme.in_text(text):
            yield name, value


def by_lookup_rank(named: Mapping[str, str]) -> Pair:
    """Return the identifier whose service knows most about a work."""
    name = min(named, key=lambda name: SCHEMES[name].lookup_rank)
    return name, named[name]


def by_page_rank() -> tuple[Scheme, ...]:
    """Return the schemes, the one whose page a reader should see first of all in front."""
    return tuple(sorted(SCHEMES.values(), key=lambda scheme: scheme.page_rank))


def for_scripts() -> dict[str, dict[str, object]]:
    """Return what the browser needs to find identifiers in texts and addresses, as JSON can hold it."""
    return {
        name: {
            "text": scheme.text,
            "form": scheme.form,
            "hosts": scheme.hosts,
            "before": scheme.before,
            "after": scheme.after,
            "parameter": scheme.parameter,
            "elsewhere": scheme.elsewhere,
            "isKnownWhenDamaged": scheme.is_known_when_damaged,
            "guess": scheme.guess,
            "dropped": scheme.dropped,
            "doiPrefix": scheme.doi_prefix,
            "foldsCase": scheme.folds_case,
            "fields": scheme.fields,
        }
        for name, scheme in SCHEMES.items()
    }
