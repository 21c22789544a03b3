"""What references say behind their titles: ``Biometrika 70, no. 1 (1983): 41-55``, ``Nature (2021)``."""

import re

from rekb.sources.lists.people import OTHERS, names_before, names_in
from rekb.sources.lists.places import Place, bare_venue, cleared_venue, whole_place
from rekb.sources.lists.words import role_of_label
from rekb.sources.well_known import is_well_known

_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(rf"(?<![\d:./-])({_YEAR})[a-z]?(?![\d/-])")
_YEAR_IN_BRACKETS = re.compile(rf"\(({_YEAR})\)")
_VOLUME = r",?\s*\d{1,4}(?:[./]\d{1,4}(?:-\d{1,3})?)?(?:\(\d{1,3}\))?"
_NUMBERS = rf"(?:{_VOLUME}(?:,\s*[A-Za-z]?\d{{1,7}}(?:[\u2013-]\d{{1,6}})?)?)?"
"""Volume and number, article or page: ``16, 10177``, ``118.11``."""
_CITED = re.compile(
    rf"(?P<venue>[^\W\d_](?:[^\d()\[\]:|]|:\s(?=[A-Za-z])){{1,90}}?){_NUMBERS}\s*\((?P<year>{_YEAR})\)"
    r"\s*(?::\s*[\w\u2013.-]{1,24})?\.?"
)
_NUMBERED = re.compile(
    rf"(?P<venue>[^\W\d_][^\d()\[\]:|]{{1,90}}?)[\s,]+(?:(?P<year>{_YEAR})(?:[.;,\s][\w.;,\s-]{{0,40}})?|{_VOLUME})"
)
"""A venue with a year or a volume and no brackets: ``Current Medicine 2023``, ``Patterns 1.9``."""
_CITED_ARXIV = re.compile(rf"arxiv\b[\w\s:./]{{0,40}}\((?P<year>{_YEAR})\)\.?", re.IGNORECASE)
_DATED = re.compile(rf"(?P<year>{_YEAR})[\s,:-]+(?P<venue>[^\W\d_][^\d()\[\]|]{{1,60}})")
_BEGIN = re.compile(r"[\s.,;:*\"\u201d-]*(?:in\s*:?\s+|presented at\s+)?", re.IGNORECASE)
_ENDS = re.compile(
    rf"[,.;(]?\s*\b(?:vol(?:ume)?|no|number|issue|pp?|pages?|ch(?:apter)?|art(?:icle)?|edition|eds?)\b\.?\s*\d"
    rf"|\s*[(\[]|,\s(?!(?:[A-Z]\w+,\s)*and\s)|\s+(?!{_YEAR}\s+[A-Za-z]|\d+(?:st|nd|rd|th)\b)\d|[.;](?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{{2}}\.)(?<!\b[A-Z][a-z]{{3}}\.)\s+(?=[A-Z\d])|[.,;]?\s*\Z"
)
"""What ends a venue in a reference: volume, pages, a year, a publisher."""
_ARXIV = re.compile(r"\barxiv\b", re.IGNORECASE)
_SERVERS = re.compile(r"(arxiv|biorxiv|medrxiv|chemrxiv)\b", re.IGNORECASE)
_OF_VENUES = re.compile(
    r"\b(?:journal|j|proc\w*|conference|conf|symposium|workshop|transactions|trans|letters|lett|reviews?|rev"
    r"|annals|ann|bulletin|advances|communications|commun|nature|science|sciences|cell|press|university|int)\b",
    re.IGNORECASE,
)
_BEHIND_TITLE = re.compile(rf"[\s.,:;*-]*(?:\((?P<year>{_YEAR})\)[\s.,:;*-]*)?(?P<rest>[^\W\d_].*?)[\s.]*")
"""What comes after a title: the year in brackets, the venue, names."""
_FAMILY = re.compile(
    r"(?:(?:[A-Z][a-z]+|[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Vv]on|[Ll]a|[Dd]i|[Dd]el|[Ee]l|[Tt]en)\s)*[^\W\d_][\w'\u2019-]+"
)
_OTHERS = re.compile(r",?\s*(?:et\.? ?al\.?|and others)\Z")
_LONGEST = 300
_MOST_WORDS = 16
_WORDS_OF_A_JOURNAL = 7
_CAPITAL = re.compile(r"[A-Z][^\W\d_]*[.,:]?(?:-[^\W\d_]+)?")
_SMALL = frozenset({"of", "in", "and", "for", "the", "on", "&"})


def cited_names(text: str) -> tuple[tuple[str, ...], int] | None:
    """Return names and year by which a text cites a work: ``Berg, Chen (1970)``, ``Berg et al (1970)``."""
    match = _CITED.fullmatch(text.strip()[:_LONGEST])
    if match is None:
        return None
    names = family_names(match["venue"])
    if not names:
        return None
    return names, int(match["year"])


def cited_place(text: str) -> Place | None:
    """Return the place that a text names as references do: ``Nature 5.1 (2021): 3-9``."""
    visible = text.strip()[:_LONGEST]
    if on_arxiv := _CITED_ARXIV.fullmatch(visible):
        return Place("arXiv", int(on_arxiv["year"]))
    match = _CITED.fullmatch(visible)
    if match is None:
        return None
    venue = cleared_venue(match["venue"])
    if not venue or len(venue.split()) > _MOST_WORDS:
        return None
    return Place(venue, int(match["year"]))


def numbered_place(text: str) -> Place | None:
    """Return the place that the words of a link below a title name without brackets: ``Patterns 1.9``."""
    match = _NUMBERED.fullmatch(text.strip()[:_LONGEST])
    if match is None:
        return None
    venue = cleared_venue(match["venue"].strip(" ,;"))
    if not venue or len(venue.split()) > _WORDS_OF_A_JOURNAL:
        return None
    year = None
    if match["year"]:
        year = int(match["year"])
    return Place(venue, year)


def dated_place(text: str) -> Place | None:
    """Return the place of a tag that begins with the year: ``2023 Nature Methods``."""
    match = _DATED.fullmatch(text.strip())
    if match is None:
        return None
    year = int(match["year"])
    server = _SERVERS.match(match["venue"])
    if server:
        return Place(server[1], year)
    venue = cleared_venue(match["venue"].partition(",")[0])
    if venue.lower() in ("github", "blog", "code", "book", "thesis"):
        return Place("", year)
    return Place(venue, year)


def reference_place(text: str) -> Place | None:
    """Return what comes after the title of a reference: venue up to its numbers, and the year."""
    rest = text[:_LONGEST]
    begin = _BEGIN.match(rest)
    rest = rest[begin.end() if begin else 0 :]
    years = _YEAR_IN_BRACKETS.findall(rest) or _YEARS.findall(rest)
    year = None
    if years:
        year = int(years[-1])
    if _ARXIV.match(rest):
        return Place("arXiv", year)
    end = _ENDS.search(rest)
    venue = cleared_venue(rest[: end.start()]) if end else ""
    is_name = bool(re.match(r"[^\W\d_]", venue)) and 0 < len(venue.split()) <= _MOST_WORDS
    if not is_name:
        venue = ""
    if not venue and year is None:
        return None
    return Place(venue, year)


def behind_title(text: str) -> tuple[Place, tuple[str, ...]] | None:
    """Return venue, year and names behind a title that is set apart: ``(2023), ICSE'22, Berg, Ada, et al.``.

    Args:
        text: what comes after the title, up to the first link or the end of the line.

    Returns:
        The place and the names, or None where the words may say something else.
    """
    # A label of a link that leads nowhere is kept there as text: `[[pdf]]()`.
    visible = re.sub(r"\s*\[+\w*\]+\W*\Z", "", text[:_LONGEST])
    match = _BEHIND_TITLE.fullmatch(visible)
    if match is None:
        return None
    first, _, rest = match["rest"].partition(",")
    named = _venue_before_names(first.strip(), match["rest"])
    names = names_before(rest.strip(" ,"))
    if named is None or (rest.strip(" ,") and not names):
        return None
    year = named.year
    if year is None and match["year"]:
        year = int(match["year"])
    if year is None and not names:
        return None
    return Place(named.venue, year), names


def _venue_before_names(first: str, whole: str) -> Place | None:
    """Return the venue that comes before names and a comma; None where it is a name itself."""
    if place := whole_place(first):
        return place
    bare = re.sub(r"\s+(?:journal|preprint)\Z", "", first)
    if is_well_known(bare):
        return Place(bare, None)
    if names_in(whole, 1) or not bare_venue(bare):
        return None
    return Place(bare, None)


def _journal_place(text: str) -> Place | None:
    """Return the place of a journal without a year: ``Plant Physiology``."""
    name = text.strip(" .,;:*_[]()")
    words = name.split()
    if len(words) > _WORDS_OF_A_JOURNAL or role_of_label(name.lower().split(), name):
        return None
    if not re.match(r"[A-Z]", name):
        return None
    for word in words:
        if word not in _SMALL and not _CAPITAL.fullmatch(word):
            return None
    return Place(name, None)


def place_of_line(text: str) -> Place | None:
    """Return the place that a link below a title is called: ``Nature (2021)``, ``Plant Physiology``."""
    for read in (cited_place, numbered_place, _journal_place, _numbers_of_reference):
        found = read(text)
        if found is not None:
            return found
    return None


def _numbers_of_reference(text: str) -> Place | None:
    """Return the place of a reference that holds a number."""
    if re.search(r"\d", text):
        return reference_place(text)
    return None


def family_names(text: str) -> tuple[str, ...]:
    """Return the family names by which a work is cited: ``Berg, Chen`` of ``Berg, Chen (2020)``."""
    others = _OTHERS.search(text)
    named = _OTHERS.sub("", text)
    names = re.split(r"\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*", named)
    is_alone = len(names) == 1 and others is None
    if is_alone and " " in named and named[0].isupper():
        return ()  # `Political Analysis`
    if not all(map(_is_family_name, names)):
        return ()
    if others is None:
        return tuple(names)
    return (*names, OTHERS)


def _is_family_name(name: str) -> bool:
    """Whether a text can be a family name and no venue."""
    is_written_so = _FAMILY.fullmatch(name) is not None
    if not is_written_so:
        return False
    is_one_case = name.islower() or name.isupper()
    if is_one_case:
        return False
    is_venue = is_well_known(name) or bool(_OF_VENUES.search(name))
    return not is_venue
