"""References as running text, in the styles of APA (7th edition), IEEE and ACM.

Titles keep the authors' capitals: which words are names, no program knows.
"""

from collections.abc import Mapping, Sequence

from rekb.citation.names import Name, initials
from rekb.citation.work import Work, cited_work
from rekb.model import Entry, Venue

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_IEEE_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
                "Dec.")  # fmt: skip
_APA_MOST = 20
"""APA names up to twenty authors; of more, the first nineteen and the last."""
_IEEE_MOST = 6
"""IEEE names up to six authors; of more, the first."""
_STOPS = (".", "?", "!")


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
    names = [_spaced(initials(name.given), name.family, name.suffix) for name in work.names]
    if len(names) > _IEEE_MOST:
        who = f"{names[0]} et al."
    else:
        who = _series(names, "and")
    who += _editors(work, ", Ed.", ", Eds.")
    if work.title.endswith(_STOPS):
        title = work.title
    else:
        title = f"{work.title},"
    if work.doi:
        doi = f"doi: {work.doi}"
    else:
        doi = ""
    body = _stop(", ".join(part for part in (*_ieee_source(work), doi) if part))
    if work.url and not work.doi:
        online = f"[Online]. Available: {work.url}"
    else:
        online = ""
    return _spaced(f"{who}, “{title}”", body, online)


def acm(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the reference in the style of the ACM."""
    return acm_of(cited_work(key, entry, venues))


def acm_of(work: Work) -> str:
    """Return the reference to a work that is worked out already; see `acm`."""
    who = _stop(_series([name.natural for name in work.names], "and") + _editors(work, " (Ed.)", " (Eds.)"))
    return _spaced(who, f"{work.year}.", _stop(work.title), _acm_source(work), work.link)


def apa_text(work: Work) -> str:
    """Return the APA reference without the address at its end."""
    if work.month and work.form in ("post", "page"):
        month = f", {_MONTHS[work.month - 1]}"
    else:
        month = ""
    return _spaced(
        _stop(_apa_names([_apa_name(name) for name in work.names]) + _editors(work, " (Ed.)", " (Eds.)")),
        f"({work.year}{month}).",
        _stop(_spaced(work.title, _apa_bracket(work))),
        _apa_source(work),
    )


def _editors(work: Work, one: str, several: str) -> str:
    """Return what says that the names are those of editors."""
    if not work.edited:
        return ""
    if len(work.names) == 1:
        return one
    return several


def _apa_name(name: Name) -> str:
    parts = []
    for part in (name.family, initials(name.given), name.suffix):
        if part:
            parts.append(part)
    return ", ".join(parts)


def _apa_names(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) > _APA_MOST:
        return f"{', '.join(names[: _APA_MOST - 1])}, . . . {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _apa_bracket(work: Work) -> str:
    if work.form == "preprint":
        if work.arxiv:
            return f"(arXiv:{work.arxiv})"
        return ""
    if work.form == "software":
        return "[Computer software]"
    if work.form == "thesis":
        return f"[{', '.join(part for part in (work.genre, work.publisher) if part)}]"
    if work.genre:
        return f"[{work.genre}]"
    return ""


def _apa_source(work: Work) -> str:
    pages = _pages(work, "p. ", "pp. ")
    if work.form == "article":
        if work.issue:
            issue = f"({work.issue})"
        else:
            issue = ""
        place = _pages(work) or (f"Article {work.article}" if work.article else "")
        return _stop(", ".join(part for part in (work.container, work.volume + issue, place) if part))
    if work.form in ("conference-paper", "chapter"):
        inside = ", ".join(part for part in (work.volume and f"Vol. {work.volume}", pages) if part)
        place = _stop(_spaced(f"In {work.container}", f"({inside})" if inside else ""))
        return _spaced(place, _stop(work.publisher))
    if work.form == "thesis":
        return ""  # APA names the university beside the kind of thesis
    return _stop(work.container or ("" if work.publisher == work.groups else work.publisher))


def _ieee_source(work: Work) -> tuple[str, ...]:
    if work.month:
        month = _IEEE_MONTHS[work.month - 1]
    else:
        month = ""
    date = _spaced(month, str(work.year))
    if work.volume:
        volume = f"vol. {work.volume}"
    else:
        volume = ""
    if work.issue:
        issue = f"no. {work.issue}"
    else:
        issue = ""
    pages = _pages(work, "p. ", "pp. ")
    if work.article:
        article = f"Art. no. {work.article}"
    else:
        article = ""
    if work.form == "article":
        return (work.container, volume, issue, pages or article, date)
    if work.form in ("conference-paper", "chapter"):
        return (f"in {work.container}", volume, work.publisher, str(work.year), pages)
    if work.form == "preprint":
        return (date, f"arXiv:{work.arxiv}" if work.arxiv else work.publisher)
    publisher = "" if work.publisher == work.groups else work.publisher
    if work.form == "thesis":
        return (work.genre, publisher, date)
    return (work.container, publisher, work.genre, date)


def _acm_source(work: Work) -> str:
    pages = _pages(work)
    if work.form == "article":
        issue = ", ".join(part for part in (work.volume, work.issue) if part)
        date = f"({_spaced(_MONTHS[work.month - 1] if work.month else '', str(work.year))})"
        place = pages or (f"Article {work.article}" if work.article else "")
        return _stop(", ".join(part for part in (_spaced(work.container, issue, date), place) if part))
    if work.form in ("conference-paper", "chapter"):
        if work.volume:
            volume = f"Vol. {work.volume}"
        else:
            volume = ""
        place = ", ".join(part for part in (f"In {work.container}", volume, pages) if part)
        return _spaced(_stop(place), _stop(work.publisher))
    if work.form == "preprint" and work.arxiv:
        return f"arXiv:{work.arxiv}."
    return _stop(", ".join(part for part in (work.container, work.genre, work.publisher) if part))


def _pages(work: Work, one: str = "", several: str = "") -> str:
    if not work.last_page:
        if work.first_page:
            return f"{one}{work.first_page}"
        return ""
    return f"{several}{work.first_page}\u2013{work.last_page}"


def _series(names: Sequence[str], word: str) -> str:
    if len(names) < 3:  # noqa: PLR2004 - two names are joined without a comma
        return f" {word} ".join(names)
    return f"{', '.join(names[:-1])}, {word} {names[-1]}"


def _stop(text: str) -> str:
    if not text or text.endswith(_STOPS):
        return text
    return f"{text}."


def _spaced(*parts: str) -> str:
    pieces = []
    for part in parts:
        if part:
            pieces.append(part)
    return " ".join(pieces)
