"""Which venue that many fields know a name means, and what happens beside one: workshops, findings, demos."""

import re
from functools import cache

from rekb.intake.venues import VenueNames, names_of
from rekb.model import Venue
from rekb.model.facets import VenueKind
from rekb.sources.clean import cleaned
from rekb.sources.well_known import well_known_venues

_YEAR = re.compile(r"[\s,]*['\u2019]?\b(?:(?:19|20)\d\d|(?<=['\u2019])\d\d)\b")
_SLIP = re.compile(r"(?<=[a-z])l(?=[A-Z])")
"""A small `l` that is meant as `I`: ``NeurlPS``."""
_EDITION = re.compile(r"\s+[IVXLC]{1,6}\Z|(?<=[A-Z]{2})\d\d\Z")
"""The number of a year's meeting: ``Systems XVI``, ``SC20``."""
RUN_BY = r"(?:(?:ACM|IEEE|IFIP|SIAM|USENIX|IAPR|AAAI|CVF|RSJ|EG|Springer)[\s/-]+)+"
"""Who runs a venue, as a pattern of what stands before its name: ``ACM ICAIF``, ``IEEE/CVF CVPR``."""
_SPONSOR = re.compile(rf"{RUN_BY}(?=[A-Z][\w-]*[A-Z])")
_SERIES = re.compile(r"[^-\u2013\u2014:]{4,}(?:\s[-\u2013\u2014]|:)\s(?P<venue>[A-Z][\w&-]*[A-Z][\w&-]*)")
"""A volume of a series named by its conference: ``Computer Vision - ECCV 2018``."""
_BESIDE = {
    "workshops": ("Workshops", r"workshops?|w"),
    "findings": ("Findings", r"findings"),
    "demos": ("Demos", r"demos?|(?:system )?demonstrations?(?: track)?"),
    "industry": ("Industry", r"industry(?: track)?"),
}
"""What happens beside a conference: its part of an id, what it is called, how lists write it."""
_AT = re.compile(r"(?P<beside>[\w&/-]+)\s?@\s?(?P<venue>.+)")
"""A workshop named with its conference: ``LAMPS@ICML``, ``ICML@LAMPS``."""
_SOCIETY = "association for computational linguistics"
# Lists write `CVPR Workshops`, `CVPRW`, `Workshops at CVPR` and `Findings of EMNLP`.
_FORMS = {
    part: (
        re.compile(rf"(?P<venue>.+?)(?:[\s:,(-]+|(?=w\Z))(?:{words})\)?", re.IGNORECASE),
        re.compile(
            rf"(?:{words}) (?:of|at|on|in|@)?(?: the)?(?: association for computational linguistics:)?"
            r"\s*(?P<venue>.+)",
            re.IGNORECASE,
        ),
    )
    for part, (_, words) in _BESIDE.items()
}


def well_known(name: str) -> Venue | None:
    """Return the venue that a name means: ``NIPS``, ``Proc. of ICML``, ``Findings of ACL``; else None."""
    text = _SLIP.sub("I", cleaned(name)).replace("NeruIPS", "NeurIPS")
    bare = _EDITION.sub("", cleaned(_YEAR.sub("", text)))
    for part, forms in _FORMS.items():
        for form in forms:
            match = form.fullmatch(bare)
            # The society alone does not say beside which of its conferences.
            if match is None or match["venue"].casefold().endswith(_SOCIETY):
                continue
            if venue := _conference(match["venue"]):
                return _beside(venue, part)
    if at := _AT.fullmatch(bare):
        venue = _conference(at["venue"]) or _conference(at["beside"])
        if venue is not None:
            return _beside(venue, "workshops")
    return _conference(text) or _conference(bare)


def _conference(text: str) -> Venue | None:
    """Return the venue that a name without workshops means."""
    names = _names()
    forms = [text, _SPONSOR.sub("", text)]
    series = _SERIES.fullmatch(text)
    if series:
        forms.append(series["venue"])
    for form in forms:
        if found := names.find(form):
            return names.venues[found]
    return None


def _beside(venue: Venue, part: str) -> Venue | None:
    """Return what happens beside a conference."""
    if venue.kind != "conference":
        return None
    called = _BESIDE[part][0]
    kind: VenueKind = "conference"
    if part == "workshops":
        kind = "workshop"
    name = f"{venue.name} {called}"
    if part == "findings":
        name = f"Findings of the Association for Computational Linguistics: {venue.short}"
    return Venue(id=f"{venue.id}-{part}", name=name, short=f"{venue.short} {called}", kind=kind)


@cache
def _names() -> VenueNames:
    return names_of(well_known_venues())
