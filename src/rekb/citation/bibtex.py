"""BibTeX: one entry, every field through its own encoder."""

import re
from collections.abc import Mapping

from rekb.citation.latex import latex, latex_title, verbatim
from rekb.citation.names import Name
from rekb.citation.work import Form, Work, cited_work
from rekb.model import Entry, Venue

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TYPES: dict[Form, str] = {
    "article": "article",
    "conference-paper": "inproceedings",
    "chapter": "incollection",
    "book": "book",
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
    fields = {}
    for name, value in _fields(work).items():
        if value:
            fields[name] = value
    width = max(map(len, fields))
    lines = [f"  {name:<{width}} = {value},\n" for name, value in fields.items()]
    return f"@{_type(work)}{{{work.key},\n{''.join(lines)}}}\n"


def bibtex_names(names: tuple[Name, ...]) -> str:
    """Return the value of `author`: names joined by ``and``, groups in braces of their own."""
    parts = []
    for name in names:
        parts.append(_name(name))
    return " and ".join(parts)


def _type(work: Work) -> str:
    if work.form == "chapter" and not work.publisher:
        return "inproceedings"  # @incollection asks for a publisher
    if work.form == "report" and work.publisher:
        return "techreport"
    if work.form == "thesis" and work.publisher:
        if _MASTER.search(work.genre):
            return "mastersthesis"
        return "phdthesis"
    return _TYPES.get(work.form, "misc")


def _fields(work: Work) -> dict[str, str]:
    kind = _type(work)
    text = {
        "title": latex_title(work.title, work.short),
        "editor" if work.edited else "author": bibtex_names(work.names),
        "journal": latex(work.container) if kind == "article" else "",
        "booktitle": latex(work.container) if kind in ("inproceedings", "incollection") else "",
        "institution": latex(work.publisher) if kind == "techreport" else "",
        "school": latex(work.publisher) if kind in _THESES else "",
        "type": latex(work.genre) if kind in _THESES and work.genre not in _THESES.values() else "",
        "howpublished": latex(_howpublished(work)) if kind == "misc" else "",
        "publisher": latex(work.publisher) if kind not in ("techreport", "misc", *_THESES) else "",
        "address": latex(work.address) if kind in ("inproceedings", "incollection", "book") else "",
        "volume": latex(work.volume) if kind != "misc" else "",
        "number": latex(_number(work, kind)),
        "issue": latex(work.issue) if kind == "inproceedings" and work.volume else "",
        "eid": latex(work.article),
        "pages": latex(work.first_page) + (f"--{latex(work.last_page)}" if work.last_page else ""),
        "year": str(work.year),
    }
    braced = {}
    for name, value in text.items():
        if value:
            braced[name] = f"{{{value}}}"
    if work.month:
        month = {"month": _MONTHS[work.month - 1]}
    else:
        month = {}
    return {**braced, **month, **_addresses(work)}


def _addresses(work: Work) -> dict[str, str]:
    fields = {
        "doi": verbatim(work.doi),
        "url": verbatim(work.url),
        "eprint": verbatim(work.arxiv),
        "archivePrefix": "arXiv" if work.arxiv else "",
        "eprinttype": "arXiv" if work.arxiv else "",  # Zotero reads no archivePrefix, and biber takes both
    }
    found: dict[str, str] = {}
    for name, value in fields.items():
        if value:
            found[name] = f"{{{value}}}"
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
    """Return the issue where the standard styles take one: beside a journal's volume, or for a report.

    In proceedings they take no number beside a volume; there it is called `issue`, which they pass over.
    """
    if (kind == "article" and work.volume) or kind == "techreport":
        return work.issue
    return ""


def _name(name: Name) -> str:
    # Braces say that a name is a body's. A person's one word needs none: BibTeX takes it for a family name.
    is_one_word = len(name.family.split()) == 1 and "," not in name.family
    if name.group or (not name.given and not is_one_word):
        return f"{{{latex(name.family)}}}"
    parts = [_family(name.family), name.suffix and _part(name.suffix), _part(name.given)]
    pieces = []
    for part in parts:
        if part:
            pieces.append(part)
    return ", ".join(pieces)


def _family(family: str) -> str:
    """Encode a family name; ``Silva e Costa`` is held together, BibTeX splits ``van den Oord`` itself."""
    words = family.split()
    if len(words) > 1 and words[0][0].isupper() and any(word[0].islower() for word in words):
        return f"{{{latex(family)}}}"
    return _part(family)


def _part(text: str) -> str:
    encoded = latex(text)
    if re.search(r"(?i)(^|\s)and(\s|$)|,", text):
        return f"{{{encoded}}}"
    return encoded
