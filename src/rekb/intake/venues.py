"""Spellings of venues, turned into the ids of taxonomy/venues.yaml; what is not there is never guessed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rekb.kb import KnowledgeBase
from rekb.meant import nearest
from rekb.model import Venue
from rekb.model.identifiers import SCHEMES
from rekb.model.scheme import bare_host
from rekb.sources.clean import cleaned
from rekb.spelling import without_accents

_ORDINAL = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?[\s-]?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    r"fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth|"
    r"sixtieth))\b"
)
_YEAR = re.compile(r"(?:'|\b)(?:19|20)?\d\d\b")
_BEFORE = re.compile(
    r"^(?:in\s+)?(?:(?:the\s+)?(?:proceedings\s+of|procs?(?:\s+of)?)\s+)?(?:the\s+)?(?:annual\s+)?"
    r"(?:meeting\s+of\s+)?"
)
_SPONSORS = re.compile(
    r"^(?:(?:acm|ieee|usenix|cvf|sigplan|sigkdd|sigmod|sigops|sigcomm|isca|annual|international)[\s/-]+)+"
)
_TRACK = re.compile(
    r"\b(?:volume|vol|long papers?|short papers?|main conference|oral|poster|spotlight|highlight|notable"
    r"|best paper|outstanding paper|honorable mention)\b.*"
)

_SEPARATORS = tuple(re.compile(sign) for sign in (r"\s+[-\u2013\u2014]\s+", r":\s+", r",\s+"))
_BESIDE = re.compile(
    r"\b(?:workshops?|findings|industry|companion|track|demo\w*|tutorials?)\b", re.IGNORECASE
)
"""Words of what happens beside a venue, or under its name."""
_BRACKETS = re.compile(r"\([^()]*\)")
_PUBLISHERS = frozenset({"ieee", "acm", "usenix", "ieee/acm", "acm/ieee"})
"""What is left of `Proceedings of the IEEE`, and says nothing."""
_SMALL = frozenset({"of", "the", "on", "and", "in", "for", "a", "an", "to", "&"})
_FEWEST_WORDS = 3
"""Words of a short form that are enough without stops."""
_ENOUGH = 2
"""Spaces that must be left in a name without its sponsors, or it says too little."""


@dataclass(frozen=True, slots=True)
class VenueNames:
    """Every accepted spelling of every venue."""

    exact: dict[str, str]
    """A spelling as written, case folded, to the venue's id."""
    loose: dict[str, frozenset[str]]
    """A spelling without ordinals, years, sponsors and what is in brackets, to the ids it can mean."""
    venues: dict[str, Venue]
    initials: dict[str, frozenset[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    """The first letters of a name's words to its words and the venue's id."""

    def find(self, spelling: str, also: Sequence[str] = ()) -> str | None:
        """Return the id of the venue that a spelling means, or None when that is not certain.

        Args:
            spelling: the venue as a source writes it.
            also: other spellings of the same source; they count when the first says nothing of a workshop.
        """
        text = cleaned(spelling)
        if found := self._whole(text) or self._parted(text) or self._shortened(text):
            return found
        if _BESIDE.search(text):
            others = set()
        else:
            others = {venue for name in also if (venue := self.find(name))}
        if len(others) == 1:
            return others.pop()
        return None

    def _whole(self, text: str) -> str | None:
        if found := self.exact.get(text.casefold()):
            return found
        for form in _forms(text):
            if found := self.exact.get(form):
                return found
            ids = self.loose.get(form, frozenset())
            if len(ids) == 1:
                return next(iter(ids))
        return None

    def _parted(self, text: str) -> str | None:
        """Return the venue of a name with an acronym, dates or a place beside it: ``Name, ICML 2022, USA``.

        The name must stand there in full, and nothing may speak of a workshop or of another venue.
        """
        for separator in _SEPARATORS if not _BESIDE.search(text) else ():
            parts = separator.split(text)
            found = {part: venue for part in parts if (venue := self._whole(part))}
            in_full = any(part.count(" ") > _ENOUGH for part in found)
            if len(parts) > 1 and in_full and len(set(found.values())) == 1:
                return next(iter(found.values()))
        return None

    def _shortened(self, text: str) -> str | None:
        """Return the venue whose words a spelling cuts short: ``J. Mach. Learn. Res.``."""
        # People write `J.Mach.Learn.Res.` without spaces as well.
        short = _words(_BEFORE.sub("", text.casefold().replace(".", ". ")))
        is_cut = "." in text or len(short) >= _FEWEST_WORDS
        if len(short) < _ENOUGH or not is_cut:
            return None
        found = set()
        for words, venue in self.initials.get(_initials(short), ()):
            if all(map(_is_short_for, short, words)):
                found.add(venue)
        if len(found) == 1:
            return found.pop()
        return None

    def server_of(self, scheme: str) -> str:
        """Return the preprint server that gives out the identifiers of a scheme, else the scheme's name."""
        homes = (venue.id for venue in self.venues.values() if venue.scheme == SCHEMES[scheme])
        return next(homes, scheme)

    def at(self, address: str) -> str | None:
        """Return the one venue on the web whose own page is at the host of an address: GitHub, a blog."""
        host = bare_host(urlsplit(address).hostname or "")
        found = []
        for v in self.venues.values():
            if v.kind == "web" and host and v.host == host:
                found.append(v.id)
        if len(found) == 1:
            return found[0]
        return None

    def advice(self, spelling: str) -> str:
        """Return what to do about a spelling that leads nowhere."""
        near = self._near(spelling)
        if near:
            guess = f"if it is {' or '.join(f'`{venue}`' for venue in near)}, give --venue; else "
        else:
            guess = ""
        return f"{guess}add the venue, or this spelling to its `accepts`, in taxonomy/venues.yaml"

    def _near(self, spelling: str) -> list[str]:
        """Return the venues that a spelling may mean: those whose short name it has, then those like it."""
        near: list[str] = []
        for word in re.findall(r"[A-Za-z][A-Za-z0-9&-]+", spelling):
            if word.casefold() in self.exact:
                near.append(self.exact[word.casefold()])
        forms = list(_forms(cleaned(spelling)))
        loosest = forms[-1] if forms else ""
        for form in nearest(loosest, self.loose):
            near.extend(sorted(self.loose[form]))
        return list(dict.fromkeys(near))[:3]


def _forms(text: str) -> Iterator[str]:
    """Yield ever shorter forms of a spelling: without brackets, ordinals and years, then without sponsors."""
    bare = _BRACKETS.sub(_beside_only, without_accents(text)).casefold().replace(" & ", " and ")
    bare = _TRACK.sub(" ", _YEAR.sub(" ", _ORDINAL.sub(" ", bare.replace("\u2019", "'"))))
    bare = " ".join(re.sub(r"[^\w&/'-]+", " ", bare).split()).strip(" -/'")
    yield bare
    bare = " ".join(_BEFORE.sub("", bare).split())
    yield bare
    unsponsored = _SPONSORS.sub("", bare)
    # `IEEE Micro` is a magazine, MICRO a conference: without its sponsor a short name means another venue.
    if unsponsored.count(" ") >= _ENOUGH:
        yield unsponsored


def _beside_only(brackets: re.Match[str]) -> str:
    """Return what stays of some brackets: ``ACL (Findings)`` is not ACL."""
    if _BESIDE.search(brackets[0]):
        return f" {brackets[0][1:-1]} "
    return " "


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name that a short form keeps, in lower case."""
    found = []
    for word in re.findall(r"[^\W_]+", without_accents(name).casefold()):
        if word not in _SMALL:
            found.append(word)
    return tuple(found)


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


def _is_short_for(short: str, word: str) -> bool:
    """Whether a word is cut short: at its end, as ``Mach``, or inside, as ``Natl``."""
    if word.startswith(short):
        return True
    is_inside = len(short) > _ENOUGH and short[-1] == "l" and word.endswith("l")
    return is_inside and _has_in_order(word, short)


def _has_in_order(word: str, letters: str) -> bool:
    """Whether a word begins as some letters do and has the others behind, in their order.

    A pattern with a gap behind each letter says the same, but takes for ever on many like letters.
    """
    if word[0] != letters[0]:
        return False
    left = iter(word)
    return all(letter in left for letter in letters)


def loosest_form(text: str) -> str:
    """Return the shortest form of a spelling, by which spellings of one venue are put together."""
    return [*_forms(cleaned(text))][-1]


def venue_names(base: KnowledgeBase) -> VenueNames:
    """Return the spellings of a knowledge base's venues."""
    return names_of(base.venues)


def names_of(venues: Mapping[str, Venue]) -> VenueNames:
    """Return the spellings of some venues."""
    exact: dict[str, str] = {}
    loose: dict[str, set[str]] = {}
    initials: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for venue in venues.values():
        for spelling in (venue.id, venue.name, venue.short, *venue.accepts):
            exact.setdefault(spelling.casefold(), venue.id)
            for form in _forms(spelling):
                if form and form not in _PUBLISHERS:
                    loose.setdefault(form, set()).add(venue.id)
            words = _words(_BEFORE.sub("", spelling.casefold()))
            for named in {words, _words(spelling)}:
                initials.setdefault(_initials(named), set()).add((named, venue.id))
    return VenueNames(
        exact,
        {form: frozenset(ids) for form, ids in loose.items()},
        dict(venues),
        {letters: frozenset(named) for letters, named in initials.items()},
    )
