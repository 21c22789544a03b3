"""BibTeX: one entry, every field through its own encoder."""

import re
from collections.abc import Mapping

from rekb.citation.latex import latex, latex_title, verbatim
from rekb.citation.names import Name, joined
from rekb.citation.work import Form, Work, cited_work
from rekb.model import Entry, Venue

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TYPES: dict[Form, str] = {
    "article": "article",
    "conference-paper": "inproceedings",
    "chapter": "incollection",
    "book": "book",
}
# What the standard styles print of a type, after btxdoc; of other fields they warn, or leave them out.
_OF_ALL = frozenset({"title", "author", "editor", "number", "issue", "eid", "pages", "year"})
_OF_TYPE = {
    "article": frozenset({"journal", "publisher", "volume"}),
    "inproceedings": frozenset({"booktitle", "publisher", "address", "volume"}),
    "incollection": frozenset({"booktitle", "publisher", "address", "volume"}),
    "book": frozenset({"publisher", "address", "volume"}),
    "techreport": frozenset({"institution", "volume"}),
    "phdthesis": frozenset({"school", "type", "volume"}),
    "mastersthesis": frozenset({"school", "type", "volume"}),
    "misc": frozenset({"howpublished"}),
}

_THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
"""The types of theses, and how the standard styles call them."""
_MASTER = re.compile(r"\b(?:master|diploma|licenti)", re.IGNORECASE)
"""How theses below a doctor's are called."""


def bibtex(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    """Return the BibTeX entry, ending in a line end; the standard styles read it without a warning."""
    return bibtex_of(cited_work(key, entry, venues))


def bibtex_of(work: Work) -> str:
    """Return the BibTeX entry of a work that is worked out already; see `bibtex`."""
    fields = _fields(work)
    width = max(map(len, fields))
    lines = [f"  {name:<{width}} = {value},\n" for name, value in fields.items()]
    return f"@{_type(work)}{{{work.key},\n{''.join(lines)}}}\n"


def bibtex_names(names: tuple[Name, ...]) -> str:
    """Return the value of `author`: names joined by ``and``, groups in braces of their own."""
    return " and ".join(map(_name, names))


def _type(work: Work) -> str:
    # BibTeX's standard styles warn of a type without the field that it asks for.
    # `@incollection` asks for a publisher.
    if work.form == "chapter" and not work.publisher:
        return "inproceedings"
    if work.form == "report" and work.publisher:
        return "techreport"
    if work.form == "thesis" and work.publisher:
        return _type_of_thesis(work)
    return _TYPES.get(work.form, "misc")


def _type_of_thesis(work: Work) -> str:
    if _MASTER.search(work.genre):
        return "mastersthesis"
    return "phdthesis"


def _fields(work: Work) -> dict[str, str]:
    """Return the fields that a work's type takes, in the order in which they are written."""
    kind = _type(work)
    container = latex(work.container)
    publisher = latex(work.publisher)
    values = {
        "title": latex_title(work.title, work.short),
        work.role: bibtex_names(work.names),
        "journal": container,
        "booktitle": container,
        "institution": publisher,
        "school": publisher,
        "type": latex(_name_of_thesis(work)),
        "howpublished": latex(_howpublished(work)),
        "publisher": publisher,
        "address": latex(work.address),
        "volume": latex(work.volume),
        "number": latex(_number(work, kind)),
        "issue": latex(_issue(work, kind)),
        "eid": latex(work.article),
        "pages": _pages(work),
        "year": str(work.year),
    }
    taken = _OF_ALL | _OF_TYPE[kind]
    fields: dict[str, str] = {}
    for name, value in values.items():
        if value and name in taken:
            fields[name] = f"{{{value}}}"
    if work.month:
        # The standard styles define a macro for each month, and write its name as long as they like.
        fields["month"] = _MONTHS[work.month - 1]
    return fields | _addresses(work)


def _pages(work: Work) -> str:
    """Return the pages; between two, TeX draws the two hyphens as the dash of a range."""
    return joined("--", latex(work.first_page), latex(work.last_page))


def _name_of_thesis(work: Work) -> str:
    """Return what a thesis is called; nothing where the standard styles call its type so themselves."""
    if work.genre in _THESES.values():
        return ""
    return work.genre


def _addresses(work: Work) -> dict[str, str]:
    fields = {"doi": work.doi, "url": work.url, "eprint": work.arxiv}
    if work.arxiv:
        fields["archivePrefix"] = "arXiv"
        # Zotero reads no `archivePrefix`; biber takes both.
        fields["eprinttype"] = "arXiv"
    found: dict[str, str] = {}
    for name, value in fields.items():
        if value:
            found[name] = f"{{{verbatim(value)}}}"
    return found


def _howpublished(work: Work) -> str:
    if work.form == "preprint" and work.arxiv:
        return f"arXiv preprint arXiv:{work.arxiv}"
    if work.genre:
        return work.genre
    if work.container:
        return work.container
    return work.publisher


def _number(work: Work, kind: str) -> str:
    """Return the issue where the standard styles take one: beside a journal's volume, or for a report."""
    if kind == "article" and work.volume:
        return work.issue
    if kind == "techreport":
        return work.issue
    return ""


def _issue(work: Work, kind: str) -> str:
    """Return the issue of proceedings with a volume, beside which the standard styles take no `number`.

    It is called `issue` there, which they pass over and biblatex reads.
    """
    if kind == "inproceedings" and work.volume:
        return work.issue
    return ""


def _name(name: Name) -> str:
    # Braces say that a name is a body's. A person's one word needs none: BibTeX takes it for a family name.
    if name.group or _needs_braces(name):
        return f"{{{latex(name.family)}}}"
    # BibTeX's form with a suffix is `von Last, Jr, First`: the suffix comes before the given name.
    return joined(", ", _family(name.family), _part(name.suffix), _part(name.given))


def _needs_braces(name: Name) -> bool:
    """Whether a name without a given name is of several words, which BibTeX would take apart."""
    if name.given:
        return False
    return "," in name.family or len(name.family.split()) != 1


def _family(family: str) -> str:
    """Encode a family name; ``Silva e Costa`` is kept together, BibTeX splits ``van den Oord`` itself."""
    words = family.split()
    # BibTeX takes everything up to the last word in lower case for the `von` of a name.
    has_particle_inside = any(word[0].islower() for word in words[1:])
    if has_particle_inside and words[0][0].isupper():
        return f"{{{latex(family)}}}"
    return _part(family)


def _part(text: str) -> str:
    """Encode a part of a name; braces keep BibTeX from parting names at an ``and`` or a comma inside."""
    encoded = latex(text)
    if re.search(r"(?i)(^|\s)and(\s|$)|,", text):
        return f"{{{encoded}}}"
    return encoded
