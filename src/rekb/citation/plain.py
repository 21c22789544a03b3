"""References as running text, in the styles of APA (7th edition), IEEE and ACM.

Titles keep the authors' capitals: which words are names, no program knows.
"""

from collections.abc import Mapping, Sequence

from rekb.citation.names import Name, initials, joined
from rekb.citation.work import Form, Work, cited_work
from rekb.model import Entry, Venue

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
# IEEE shortens all months but May, June and July.
_IEEE_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
                "Dec.")  # fmt: skip
_APA_MOST = 20
"""APA names up to twenty authors; of more, the first nineteen and the last."""
_IEEE_MOST = 6
"""IEEE names up to six authors; of more, the first."""
_STOPS = (".", "?", "!")
_IN_BOOKS: tuple[Form, ...] = ("conference-paper", "chapter")


def apa(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the reference in the style of the APA, 7th edition."""
    return apa_of(cited_work(key, entry, venues))


def apa_of(work: Work) -> str:
    """Return the reference to a work that is worked out already; see `apa`."""
    return _spaced(apa_text(work), work.link)


def ieee(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the reference in the style of the IEEE."""
    return ieee_of(cited_work(key, entry, venues))


def ieee_of(work: Work) -> str:
    """Return the reference to a work that is worked out already; see `ieee`."""
    who = _ieee_names(work) + _editors(work, ", Ed.", ", Eds.")
    title = work.title
    if not title.endswith(_STOPS):
        title = f"{title},"
    body = _stop(joined(", ", *_ieee_source(work), _behind("doi: ", work.doi)))
    # IEEE gives an address only where there is no DOI.
    online = ""
    if not work.doi:
        online = _behind("[Online]. Available: ", work.url)
    return _spaced(f"{who}, “{title}”", body, online)


def _ieee_names(work: Work) -> str:
    names = [_spaced(initials(name.given), name.family, name.suffix) for name in work.names]
    if len(names) > _IEEE_MOST:
        return f"{names[0]} et al."
    return _series(names, "and")


def acm(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the reference in the style of the ACM."""
    return acm_of(cited_work(key, entry, venues))


def acm_of(work: Work) -> str:
    """Return the reference to a work that is worked out already; see `acm`."""
    names = [name.natural for name in work.names]
    who = _series(names, "and") + _editors(work, " (Ed.)", " (Eds.)")
    return _spaced(_stop(who), f"{work.year}.", _stop(work.title), _acm_source(work), work.link)


def apa_text(work: Work) -> str:
    """Return the APA reference without the address at its end."""
    names = [_apa_name(name) for name in work.names]
    who = _apa_names(names) + _editors(work, " (Ed.)", " (Eds.)")
    title = _spaced(work.title, _apa_bracket(work))
    return _spaced(_stop(who), f"({_apa_date(work)}).", _stop(title), _apa_source(work))


def _apa_date(work: Work) -> str:
    # APA names the month of pages and posts, which appear at any time; a journal's year is enough.
    if work.form in ("post", "page"):
        return joined(", ", str(work.year), _month(work, _MONTHS))
    return str(work.year)


def _editors(work: Work, one: str, several: str) -> str:
    """Return what says that the names are those of editors."""
    if not work.edited:
        return ""
    if len(work.names) == 1:
        return one
    return several


def _apa_name(name: Name) -> str:
    return joined(", ", name.family, initials(name.given), name.suffix)


def _apa_names(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) > _APA_MOST:
        # APA writes the dots with spaces, and no `&` before the last name then.
        return f"{', '.join(names[: _APA_MOST - 1])}, . . . {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _apa_bracket(work: Work) -> str:
    """Return what APA says of the kind of a work behind its title."""
    if work.form == "preprint":
        number = _behind("arXiv:", work.arxiv)
        return _enclosed("()", number)
    if work.form == "software":
        return "[Computer software]"
    if work.form == "thesis":
        degree = joined(", ", work.genre, work.publisher)
        return f"[{degree}]"
    return _enclosed("[]", work.genre)


def _apa_source(work: Work) -> str:
    if work.form == "article":
        issue = _enclosed("()", work.issue)
        place = _pages(work) or _behind("Article ", work.article)
        return _stop(joined(", ", work.container, work.volume + issue, place))
    if work.form in _IN_BOOKS:
        inside = joined(", ", _behind("Vol. ", work.volume), _pages(work, "p. ", "pp. "))
        place = _spaced(f"In {work.container}", _enclosed("()", inside))
        return _spaced(_stop(place), _stop(work.publisher))
    if work.form == "thesis":
        # APA names the university in brackets behind the title, beside the kind of thesis.
        return ""
    return _stop(work.container or _publisher(work))


def _publisher(work: Work) -> str:
    """Return the publisher; nothing where an organisation published its own work, as it is named already."""
    if work.publisher == work.groups:
        return ""
    return work.publisher


def _ieee_source(work: Work) -> tuple[str, ...]:
    date = _spaced(_month(work, _IEEE_MONTHS), str(work.year))
    volume = _behind("vol. ", work.volume)
    pages = _pages(work, "p. ", "pp. ")
    if work.form == "article":
        issue = _behind("no. ", work.issue)
        place = pages or _behind("Art. no. ", work.article)
        return (work.container, volume, issue, place, date)
    if work.form in _IN_BOOKS:
        return (f"in {work.container}", volume, work.publisher, str(work.year), pages)
    if work.form == "preprint":
        number = _behind("arXiv:", work.arxiv)
        return (date, number or work.publisher)
    if work.form == "thesis":
        return (work.genre, _publisher(work), date)
    return (work.container, _publisher(work), work.genre, date)


def _acm_source(work: Work) -> str:
    if work.form == "article":
        return _acm_article(work)
    if work.form in _IN_BOOKS:
        place = joined(", ", f"In {work.container}", _behind("Vol. ", work.volume), _pages(work))
        return _spaced(_stop(place), _stop(work.publisher))
    if work.form == "preprint" and work.arxiv:
        return f"arXiv:{work.arxiv}."
    return _stop(joined(", ", work.container, work.genre, work.publisher))


def _acm_article(work: Work) -> str:
    """Return ``Journal 3, 2 (May 2019), 1-12.``: the ACM puts the month beside the year of an issue."""
    issue = joined(", ", work.volume, work.issue)
    date = _spaced(_month(work, _MONTHS), str(work.year))
    where = _spaced(work.container, issue, f"({date})")
    place = _pages(work) or _behind("Article ", work.article)
    return _stop(joined(", ", where, place))


def _month(work: Work, names: Sequence[str]) -> str:
    """Return the name of the month, or nothing where it is not known."""
    if work.month is None:
        return ""
    return names[work.month - 1]


def _behind(label: str, text: str) -> str:
    """Return a text behind its label, ``vol. 3``; nothing where there is no text."""
    if not text:
        return ""
    return f"{label}{text}"


def _enclosed(brackets: str, text: str) -> str:
    """Return a text in brackets, ``()`` or ``[]``; nothing where there is no text."""
    if not text:
        return ""
    return f"{brackets[0]}{text}{brackets[1]}"


def _pages(work: Work, one: str = "", several: str = "") -> str:
    """Return the pages behind the word for one page or for several; all three styles take an en dash."""
    if work.last_page:
        return f"{several}{work.first_page}\u2013{work.last_page}"
    return _behind(one, work.first_page)


def _series(names: Sequence[str], word: str) -> str:
    if len(names) < 3:  # noqa: PLR2004 - two names are joined without a comma
        return f" {word} ".join(names)
    return f"{', '.join(names[:-1])}, {word} {names[-1]}"


def _stop(text: str) -> str:
    """End a part of a reference with a full stop, unless it ends in a sign that closes a sentence."""
    if not text:
        return ""
    if text.endswith(_STOPS):
        return text
    return f"{text}."


def _spaced(*parts: str) -> str:
    return joined(" ", *parts)
