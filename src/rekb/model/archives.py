"""Where preprints are kept: what the archives are called in bibliographies, and what their DOIs begin with.

Patterns are written in the part of the language that Python and JavaScript read alike.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Archive:
    """A server of preprints, or an archive where authors put copies of what they publish."""

    name: str
    names: str
    """Pattern of what it is called; upper and lower case do not count."""
    dois: str = ""
    """Pattern of the beginning of its DOIs; empty where it gives out none."""


# bioRxiv's DOIs were a number of six digits until 2019, then a date and a number; the journals of Cold Spring
# Harbor have the prefix 10.1101, too. openRxiv has a prefix of its own since December 2025.
_OPENRXIV_DOIS = r"10\.1101/[0-9]{6}(?![0-9])|10\.1101/[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.|10\.64898/"

ARCHIVES: tuple[Archive, ...] = (
    # DBLP calls arXiv's preprints of computing `CoRR`, the Computing Research Repository.
    Archive("arXiv", r"arxiv|\bcorr\b|\bcomputing research repository\b", r"10\.48550/"),
    Archive("bioRxiv and medRxiv", r"(?:bio|med)rxiv", _OPENRXIV_DOIS),
    Archive("ChemRxiv", "chemrxiv", r"10\.26434/"),
    Archive("TechRxiv", "techrxiv", r"10\.36227/"),
    # Called after arXiv, so `arxiv` finds its name, too.
    Archive("PsyArXiv", "psyarxiv", r"10\.31234/"),
    Archive("SSRN", r"\bssrn\b|\bsocial science research network\b", r"10\.2139/"),
    Archive("Preprints.org", r"\bpreprints?\b", r"10\.20944/"),
    Archive("Research Square", r"\bresearch square\b", r"10\.21203/"),
    Archive("OSF", r"\bosf\b|\bopen science framework\b", r"10\.31219/"),
    Archive("Zenodo", r"\bzenodo\b", r"10\.5281/"),
    Archive("OpenReview", r"\bopenreview\b"),
    Archive("ePrint", r"\be-?prints?\b"),
)
"""The archives that are known; a name that says `preprint` is one, too."""
_NAMES = re.compile("|".join(archive.names for archive in ARCHIVES), re.IGNORECASE)
_DOIS = "|".join(archive.dois for archive in ARCHIVES if archive.dois)
_AT_START = re.compile(_DOIS, re.IGNORECASE)
# In a field a DOI may be an address.
_IN_FIELD = re.compile(rf"(?:^|doi\.org/|\bdoi:)\s*(?:{_DOIS})", re.IGNORECASE)


def is_archive_name(venue: str) -> bool:
    """Whether what is given as a venue names an archive of preprints, and so no publication."""
    return _NAMES.search(venue) is not None


def is_archive_doi(doi: str) -> bool:
    """Whether a bare DOI was given out by an archive of preprints."""
    return _AT_START.match(doi) is not None


def holds_archive_doi(text: str) -> bool:
    """Whether a field holds the DOI of an archive, bare or as an address."""
    return _IN_FIELD.search(text) is not None


def for_scripts() -> dict[str, str]:
    """Return the patterns that the browser needs; see `is_archive_name` and `holds_archive_doi`."""
    return {"names": _NAMES.pattern, "dois": _IN_FIELD.pattern}
