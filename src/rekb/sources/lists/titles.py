"""Which words of an item are its title: a link, a bold run, a quotation, or what comes before the venue."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rekb.sources.lists.endings import parted_ending
from rekb.sources.lists.leads import lead_of, tag_before_link, without_tags
from rekb.sources.lists.people import names_before, names_in, parted_reference
from rekb.sources.lists.pieces import BREAK, HOLE, Link
from rekb.sources.lists.places import (
    Place,
    is_dated_name,
    is_place,
    place_behind,
    places_in,
    whole_place,
    year_in,
)
from rekb.sources.lists.references import behind_title, cited_place, reference_place
from rekb.sources.lists.styled import StyledText
from rekb.sources.lists.tidy import tidy, without_remark
from rekb.sources.lists.words import role_of_label

_QUOTED = re.compile(r"[\"\u201c]([^\"\u201c\u201d]{8,300}?)([.,;?!]?)[\"\u201d]([.,;:?]?)")
_STOPS = re.compile(
    rf"[{HOLE}{BREAK}]|\s*[|\uff5c]\s|\uff5c|\s*\(@|[:\uff1a,\uff0c]?\s*\[\s*{HOLE}|\uff1a\s*{HOLE}"
)
_GAP = re.compile(r"(?<=\S)\s{2,}(?=[A-Z])")
_AUTHORS_BEHIND = re.compile(r"[,.]\s+(?=(?:[A-Z]\.\s?)+[A-Z][\w-]+(?:\s+(?:et al|and)\b|,|\.|\Z))")
_CAPITALS = r"[A-Z][\w.'\u2019-]*"
_OTHERS_BEHIND = re.compile(
    rf"(?:\.\s+|\s[(\[])(?=(?:{_CAPITALS}[\s,]+){{1,12}}et\.? ?al\b)"
    rf"|,\s+(?=(?:{_CAPITALS}\s+){{0,3}}[A-Z][\w'\u2019-]+,?\s+et\.? ?al\b)"
)
"""Where authors of whom some are left out begin."""
_INITIALS = re.compile(r"\W*(?:[A-Z]\.|[A-Z]\Z|[^\W\d_][\w-]+,\s[A-Z]\b)")
"""How names begin that stand before a title; what follows such a name is no author behind it."""
_NAMES_AND_YEAR = re.compile(
    rf"([^()\[\]\"\u201c{HOLE}{BREAK}]{{4,300}}?)\s*\(((?:19|20)\d\d[a-z]?)(?:, \w+)?\)[.,:]?\s+(?=\S)"
)
"""``Berg, A., & Chen, L. (2020). Title``."""
_CITED = re.compile(r"(?<!\s)\s*[(\[]([^()\[\]]*\bet\.? ?al\b[^()\[\]]*)[)\]]\Z")
"""A work named by its authors behind its title: ``(Berg et al., 2023)``."""
_FEWEST_LETTERS = 3
_FEWEST_WORDS = 2
_LONGEST_VENUE = 5
_LONGEST_GAP = 20
_SENTENCE_END = re.compile(r"\w{3}[.?!]\s+\Z")
"""What comes before the venue in italics: ``Title. *Venue*, 1-10``."""
_SHORT_LABEL = 3
"""Words up to which the label of a link may be the beginning of a title only."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title, the place of its words, and what is in brackets before it."""

    text: str
    start: int
    end: int
    tags: tuple[str, ...] = ()
    is_certain: bool = False
    """Whether it is set apart from the rest: a link, bold, quoted."""
    authors: tuple[str, ...] = ()
    """The names that stand before it."""
    place: Place | None = None
    """What the rest of a reference in one link says: ``[Berg. "Title." ExConf 2020](address)``."""
    ending: Place | None = None
    """Venue and year that stood at its end: ``**Title (ICML 2017)**``."""


def title_link(links: Sequence[Link], text: str, bold: str = "") -> Link | None:
    """Return the link whose words are the title, or begin it.

    Args:
        links: the links of the text.
        text: the text.
        bold: the words with which the text begins, as far as they are bold.
    """
    is_titled = len(bold.split()) >= _SHORT_LABEL and not is_place(bold)
    for link in links:
        if is_titled and BREAK in text[: link.start]:
            return None
        if link.bare or role_of_label(link.words, link.label):
            continue
        letters = re.findall(r"[^\W\d_]", link.label)
        if len(letters) < _FEWEST_LETTERS:
            continue
        if venue_label(link, text) or _is_place_below(link, text):
            continue
        before = text[: link.start].rpartition(BREAK)[2]
        words = without_tags(_without_links(before, links))
        if not re.search(r"[^\W\d_]{3}", words) or _are_authors_before(words, link):
            return link
        if tag_before_link(_without_links(before, links), link.label) is not None:
            return link
    return None


def _is_place_below(link: Link, text: str) -> bool:
    """Whether a link on a line below the first is the place of a work: ``[Nature (2021)](address)``."""
    above = text[: link.start].rpartition(BREAK)[0]
    if not re.search(r"[^\W\d_]{3}", above):
        return False
    return (cited_place(link.label) or whole_place(link.label)) is not None


def _are_authors_before(words: str, link: Link) -> bool:
    """Whether the words before a link are authors: ``A. Berg and L. Chen. [Title](address)``."""
    if len(link.label.split()) < _SHORT_LABEL or not re.search(r"[.,:]\W*\Z", words):
        return False
    return bool(names_in(words))


def _without_links(text: str, links: Sequence[Link]) -> str:
    """Return the text before a link without the words of the links in it."""
    for link in links:
        if link.label:
            text = text.replace(link.label, " ")
    return text


def venue_label(link: Link, text: str) -> bool:
    """Whether a link's words are a venue before the title: ``[[NeurIPS](address)] Title``."""
    before, behind = text[: link.start], text[link.end :]
    is_first = not re.search(r"\w", before)
    is_bracketed = before.rstrip().endswith("[") and behind.lstrip().startswith("]")
    rest = behind.lstrip(" ]:").lower()
    # `[[Name]](address) Name: the title` names the work, not its venue.
    is_name = rest.startswith(link.label.strip().lower())
    if not is_first or not is_bracketed or is_name or len(link.label.split()) > _LONGEST_VENUE:
        return False
    if whole_place(link.label) is not None:
        return True
    return len(rest.split()) > 1


def find_title(styled: StyledText, link: Link | None) -> Title | None:
    """Return the title of an item, or None where nothing can be one.

    Args:
        styled: the item's text; only the words of the title's link stand in it.
        link: the link whose words are the title.
    """
    start, tags = lead_of(styled.text)
    if link is not None:
        linked = _linked(styled, link, tags)
        return linked and _without_ending(linked)
    if start >= len(styled.text):
        start = 0
    for begin, end in styled.spans("strong"):
        # Some lists set the venue in bold before the title.
        if begin <= start < end and _is_venue_before(styled, begin, end):
            tags = (*tags, styled.text[begin:end].strip(" []"))
            start = end + lead_of(styled.text[end:])[0]
    names: tuple[str, ...] = ()
    dated = _NAMES_AND_YEAR.match(styled.text, start)
    if dated and (names := names_in(dated[1])):
        start = dated.end()
        tags = (*tags, dated[2])
    found = _quoted(styled, start) or _bold(styled, start) or _plain(styled, start)
    if found is None:
        return None
    found = replace(found, tags=(*tags, *found.tags), authors=found.authors or names)
    found = _without_ending(found)
    return _with_what_is_behind(found, styled)


def _without_ending(title: Title) -> Title:
    """Return a title without the venue and year at its end, which it keeps apart."""
    if title.place is not None:
        return title
    text, ending = parted_ending(title.text)
    if ending is None:
        return title
    return replace(title, text=text, ending=ending)


def _with_what_is_behind(title: Title, styled: StyledText) -> Title:
    """Return a title that is set apart with venue, year and names behind it: ``(2023), ICSE'22, A. Berg``."""
    is_open = title.is_certain and title.place is None and not title.authors
    if not is_open:
        return title
    behind = re.split(rf"[{HOLE}{BREAK}]", styled.text[title.end :])[0]
    stated = behind_title(behind.rstrip(" [("))
    if stated is None:
        return title
    return replace(title, place=stated[0], authors=stated[1])


def _linked(styled: StyledText, link: Link, tags: tuple[str, ...]) -> Title | None:
    """Return the title that a link is, or begins."""
    label = link.label.strip()
    start = styled.text.find(label)
    if start < 0:
        return None
    end = start + len(label)
    rest = styled.text[end:]
    is_short = len(label.split()) <= _SHORT_LABEL
    if not is_short and (reference := _in_reference(label)):
        return replace(reference, start=start, end=end, tags=tags)
    # Behind a name, the title goes on: `[Name](address): the rest of it`.
    # Behind a whole title, a colon begins a remark.
    goes_on = label.endswith(":") or (is_short and re.match(r"\*{0,2}:\s*\w|\s+[A-Za-z]", rest))
    if goes_on and not (is_short and _is_place_or_names(rest)):
        stop = _stop(styled, end)
        behind = styled.text[end:stop].strip(" *")
        name = label.rstrip(":")
        if behind.lower().startswith(name.lower()):
            whole = behind
        else:
            whole = styled.text[start:stop]
        return Title(tidy(whole), start, stop, tags)
    cited = _CITED.search(label)
    if cited and (names := names_in(cited[1])):
        return Title(tidy(label[: cited.start()]), start, end, tags, is_certain=True, authors=names)
    if tag := tag_before_link(styled.text[:start].replace(HOLE, " "), label):
        tags = (*tags, tag)
    before = without_tags(styled.text[:start])
    names = names_in(before)
    if names:
        # What comes before the title may hold its year, too.
        tags = (*tags, before)
    return Title(tidy(label), start, end, tags, is_certain=True, authors=names)


def _in_reference(label: str) -> Title | None:
    """Return the quoted title of a whole reference, with the names before it and the place behind it."""
    whole = StyledText(label, ())
    dated = _NAMES_AND_YEAR.match(label)
    names = names_in(dated[1], 1) if dated else ()
    if dated and names:
        title, stop, rest = label[dated.end() :].partition(". ")
        place = reference_place(rest) if stop else None
        venue = place.venue if place else ""
        place = Place(venue, year_in(dated[2]))
        return Title(tidy(title), 0, 0, is_certain=True, authors=names, place=place)
    found = _quoted(whole, 0)
    if found is None or not found.authors:
        return None
    return replace(found, place=reference_place(label[found.end :]))


def _is_place_or_names(rest: str) -> bool:
    """Whether the words behind a short label are a venue or authors and no title."""
    first = re.split(rf"[{HOLE}{BREAK}|]", rest)[0].strip(" .,:")
    if whole_place(first) is not None:
        return True
    return bool(names_in(first))


def _quoted(styled: StyledText, start: int) -> Title | None:
    """Return a quoted title; what is behind it parts it from the rest, so quoted words in one are not."""
    line = _first_line(styled, start)
    match = _QUOTED.search(styled.text, start, line)
    if match is None or match[3] in ("?", ":"):
        return None
    if len(match[1].split()) < _FEWEST_WORDS:
        return None
    before = styled.text[start : match.start()].strip(" *,.:")
    if (
        not _may_stand_before(before)
        or styled.text[max(start, match.start() - 2) : match.start()].rstrip()[-1:].isalnum()
    ):
        return None
    behind = styled.text[match.end() : line].lstrip(" *")
    has_stop = bool(match[2] or match[3]) or len(names_in(before)) > 1
    if behind and not has_stop and behind[0] not in f"[({HOLE}*|-":
        return None
    end = ""
    if match[2] in ("?", "!"):
        end = match[2]
    return Title(
        tidy(match[1] + end), match.start(), match.end(), is_certain=True, authors=names_before(before)
    )


def _may_stand_before(text: str) -> bool:
    """Whether words before a quotation are a name or authors, so that the quotation is the title."""
    if len(text.split()) <= _SHORT_LABEL:
        return True
    if "," in text:
        return True
    if " and " in text:
        return True
    return bool(names_before(text))


def _bold(styled: StyledText, start: int) -> Title | None:
    """Return a title in bold, unless bold is a name before it or the venue."""
    for begin, end in styled.spans("strong"):
        text = styled.text[begin:end].strip(" []")
        if re.search(r"[^\W\d_]{3}", without_tags(styled.text[:begin])):
            return None
        is_tag = begin < start and end <= start
        is_dated = is_dated_name(text) and not _is_venue_before(styled, begin, end)
        if is_tag or (_is_no_title(text) and not is_dated):
            continue
        if place_behind(styled, end) is None and _is_name_only(text, styled.text[end:]):
            return None
        lead, tags = lead_of(text)
        dated = []
        for tag in tags:
            if year_in(tag):
                dated.append(tag)
        rest = text[lead:].strip()
        if dated and rest:
            text = rest
        return Title(tidy(text), begin, end, tuple(dated), is_certain=True)
    return None


def _is_venue_before(styled: StyledText, begin: int, end: int) -> bool:
    """Whether bold words are a venue before a title; ``**MothNet (2018)** [[Paper]](address)`` is a name."""
    words = styled.text[begin:end].strip(" []")
    if not is_place(words):
        return False
    behind = styled.text[end : _first_line(styled, end)]
    return not is_dated_name(words) or bool(re.search(r"\w{2}", behind))


def _is_no_title(text: str) -> bool:
    """Whether bold words are a number, a year or a venue."""
    if not re.search(r"[^\W\d_]{2}", text):
        return True
    if text.isdigit():
        return True
    return is_place(text)


def _is_name_only(text: str, behind: str) -> bool:
    """Whether bold words are the name with which a title begins: ``**Name**: the rest``."""
    if text.endswith((":", "\uff1a")):
        return bool(re.match(r"\s*\w", behind))
    if re.match(r"\s*[:\uff1a]\s*[\w\"\u201c]|\s+[a-z]|-\w", behind):
        return True
    is_word = len(text.split()) == 1 and bool(re.match(r"\s+\w", behind))
    if not is_word:
        return False
    return not _is_place_or_names(behind)


def _plain(styled: StyledText, start: int) -> Title | None:
    """Return what comes before the venue, the links or the end."""
    stop = _stop(styled, start)
    text = styled.text[start:stop]
    names, bare = parted_reference(text)
    tidied = tidy(without_remark(bare))
    if not re.search(r"[^\W_]", tidied):
        return None
    return Title(tidied, start, stop, authors=names_in(names, 1))


def _first_line(styled: StyledText, start: int) -> int:
    """Return where the line that begins at a position ends."""
    end = styled.text.find(BREAK, start)
    if end < 0:
        return len(styled.text)
    return end


def _stop(styled: StyledText, start: int) -> int:
    """Return where a title that nothing sets apart ends."""
    ends = [len(styled.text)]
    if stop := _STOPS.search(styled.text, start):
        ends.append(stop.start())
    ends += [place.start for place in _places(styled, start)]
    for begin, end in styled.spans("em"):
        is_parted = bool(_SENTENCE_END.search(styled.text, max(start, begin - _LONGEST_GAP), begin))
        if begin > start and (is_parted or names_in(styled.text[begin:end])):
            ends.append(begin)
    if gap := _GAP.search(styled.text, start):
        ends.append(gap.start())
    for form in (_AUTHORS_BEHIND, _OTHERS_BEHIND):
        behind = form.search(styled.text, start)
        if behind and not _INITIALS.match(styled.text[start : behind.start()]):
            ends.append(behind.start())
    return min(ends)


def _places(styled: StyledText, start: int) -> list[Place]:
    """Return the surest place; a form that is less sure may only be a part of the title."""
    return list(islice(places_in(styled, start + 1), 1))
