"""Venue and year that the address of a proceedings page states."""

import re

from rekb.sources.lists.places import Place
from rekb.sources.well_known import is_well_known

# NeurIPS was called NIPS until 2018, and many lists still link to papers.nips.cc.
_NEURIPS = r"(?:proceedings\.neurips\.cc|papers\.ni?ps\.cc|papers\.neurips\.cc)/"
_CVF = r"(?:openaccess\.thecvf\.com|cv-foundation\.org/openaccess)/content_?/?"
_PAGES: tuple[tuple[str, str], ...] = (
    (_NEURIPS + r"paper(?:_files/paper)?/(?P<year>\d{4})/", "NeurIPS"),
    (_NEURIPS, "NeurIPS"),
    (r"neurips\.cc/virtual/(?P<year>\d{4})/", "NeurIPS"),
    (r"icml\.cc/virtual/(?P<year>\d{4})/", "ICML"),
    (r"iclr\.cc/virtual/(?P<year>\d{4})/", "ICLR"),
    # The CVF has workshops under `CVPR2023W` and, of earlier years, `cvpr_2017_workshops`.
    (_CVF + r"(?P<venue>cvpr|iccv|wacv|eccv)_?(?P<year>\d{4})(?P<beside>w|_workshops?)?/", ""),
    # USENIX names a conference by its letters and two digits: `osdi23`.
    (r"usenix\.org/(?:conference|system/files(?:/conference)?)/(?P<venue>[a-z]+)(?P<year>\d\d)", ""),
    (r"ojs\.aaai\.org/", "AAAI"),
    (r"aaai\.org/ocs/index\.php/(?P<venue>[A-Z]+)/[A-Z]+(?P<year>\d\d)/", ""),
    (r"proceedings\.mlsys\.org/paper(?:_files/paper)?/(?P<year>\d{4})/", "MLSys"),
    (r"jmlr\.org/papers/", "JMLR"),
    (r"isca-speech\.org/archive/(?P<venue>interspeech)_(?P<year>\d{4})/", ""),
    # Cold Spring Harbor dates the DOIs of its two servers: `10.1101/2021.02.12.430858`.
    (r"biorxiv\.org/\S*?10\.(?:1101|64898)/(?P<year>20\d\d)\.\d\d\.\d\d", "bioRxiv"),
    (r"medrxiv\.org/\S*?10\.(?:1101|64898)/(?P<year>20\d\d)\.\d\d\.\d\d", "medRxiv"),
    (r"biorxiv\.org/(?:content/)?(?:biorxiv/)?early/(?P<year>20\d\d)/", "bioRxiv"),
    (r"biorxiv\.org/content/", "bioRxiv"),
    (r"medrxiv\.org/content/", "medRxiv"),
    (r"chemrxiv\.org/", "ChemRxiv"),
    (r"doi\.org/10\.(?:1101|64898)/(?P<year>20\d\d)\.\d\d\.\d\d", ""),
    (r"ijcai\.org/[Pp]roceedings/(?P<year>\d{4})/", "IJCAI"),
)
_ANTHOLOGY = re.compile(
    r"(?:aclanthology\.(?:org|info)|aclweb\.org/anthology|anthology\.aclweb\.org)/"
    r"(?:papers/|v/|volumes/)?"
    r"(?:(?P<year>(?:19|20)\d\d)\.(?P<venue>[a-z][a-z0-9]*)-(?P<part>[a-z0-9]+)"
    r"|(?:[A-Z]/[A-Z]\d\d/)?(?P<letter>[A-Z])(?P<short>\d\d)-\d{4})"
)
"""``2025.findings-naacl.333``, ``P19-1234``: the id of the Anthology says venue and year."""
_LETTERS = {
    "P": "ACL", "D": "EMNLP", "N": "NAACL", "E": "EACL", "Q": "TACL", "J": "CL", "C": "COLING",
    "K": "CoNLL", "L": "LREC", "I": "IJCNLP",
}  # fmt: skip
"""Venues of the Anthology's older ids; W and S are workshops of many names."""
_NAMES = {"conll": "CoNLL", "semeval": "SemEval", "ijcnlp": "IJCNLP", "findings": "Findings"}
_BESIDE = {
    "demo": "Demos",
    "demos": "Demos",
    "industry": "Industry Track",
    "srw": "Student Research Workshop",
}
_FORMS = tuple((re.compile(form, re.IGNORECASE), venue) for form, venue in _PAGES)
_CENTURY = 2000
_HALF = 50


def place_of_address(address: str) -> Place | None:
    """Return venue and year that an address states, or None."""
    if not address:
        return None
    if anthology := _ANTHOLOGY.search(address):
        return _of_anthology(anthology)
    for form, venue in _FORMS:
        if match := form.search(address):
            named = match.groupdict()
            name = venue or (named.get("venue") or "").upper()
            if named.get("beside"):
                name = f"{name} Workshops"
            return Place(name, _year(named.get("year")))
    return None


def _of_anthology(match: re.Match[str]) -> Place | None:
    """Return the place that an id of the Anthology states."""
    if match["letter"]:
        short = int(match["short"])
        century = _CENTURY if short < _HALF else _CENTURY - 100
        return Place(_LETTERS.get(match["letter"], ""), century + short)
    year = int(match["year"])
    name = _NAMES.get(match["venue"], match["venue"].upper())
    if match["venue"] == "findings":
        return Place(f"Findings of {match['part'].upper()}", year)
    if not is_well_known(name):
        # Workshops have ids of many forms, which are no names.
        return Place("", year)
    beside = _BESIDE.get(match["part"], "")
    return Place(f"{name} {beside}".strip(), year)


def _year(text: str | None) -> int | None:
    """Return a year of four or two digits; None where there is none."""
    if not text:
        return None
    if len(text) > 2:  # noqa: PLR2004 - two digits
        return int(text)
    return _CENTURY + int(text)
