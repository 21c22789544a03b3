r"""A kind of identifier: its form, where it is found, what page it leads to, what it says.

Patterns are written in the part of the language that Python, JavaScript and JSON Schema read alike: digits as
``[0-9]``, for Python's ``\d`` takes the digits of every script.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, quote, unquote, urlsplit

Month = tuple[int, int]
"""Year and month."""

_FIRST_WITH_A_DOT = (2007, 4)
_FIVE_DIGITS_SINCE = (2015, 1)
"""Months in which arXiv changed how its identifiers look."""
_LAST_OF_CENTURY = 2090
"""arXiv began in 1991, so two digits above 90 are a year of the century before."""
_MONTHS = 12
_URL_LETTERS = "/:;().,-_~!*@+$="
"""Letters that a DOI may hold and that stay as they are in an address."""
# dx.doi.org is the old name of doi.org, and export.arxiv.org is arXiv's host for programs.
_OPTIONAL_HOSTS = re.compile(r"^(?:www|export|dx)\.")
_PAGE_END = r"/?\Z"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of identifier."""

    id: str
    """The name of a record's field."""
    name: str
    """What people call it in a sentence."""
    label: str
    """What a link to its page says; ``{}`` is the identifier."""
    help: str
    """What the field holds, for the reference page and for editors."""
    advice: str
    """What a message says about the right form."""
    form: str
    """Pattern of the identifier as entries write it, without groups that capture."""
    page: str
    """Address of the page it leads to."""
    hosts: tuple[str, ...]
    """Hosts whose addresses hold it, its own home first."""
    text: str
    """Pattern that finds it in free text, in one group; upper and lower case do not count."""
    before: str = "/"
    """Pattern of what is before it in the path of an address."""
    after: str = ""
    """Pattern of what may stand behind it and is no part of it: a version, an ending."""
    parameter: str = ""
    """The parameter of an address that holds it, where its path does not."""
    guess: str = ""
    """Pattern of the bare identifier where `form` fits any word: it needs the scheme's name before it."""
    elsewhere: tuple[str, ...] = ()
    """Patterns of addresses at other hosts that hold it, in one group."""
    is_known_when_damaged: bool = False
    """Whether an address still leads to it when something was pasted behind it."""
    folds_case: bool = False
    """Whether capitals make no difference."""
    dropped: str = ""
    """Pattern of a part that makes no difference either."""
    doi_prefix: str = ""
    """Beginning of the DOIs that end in an identifier of this scheme."""
    pdf: str = ""
    """Address of the text itself, where anybody may read it; empty where the scheme does not say."""
    date: Callable[[str], Month | None] | None = None
    """Year and month that an identifier states; nothing for one that there cannot be."""
    fields: tuple[str, ...] = ()
    """Fields of BibTeX that hold it bare."""
    page_rank: int = 9
    """Of several identifiers of a record, the lowest leads to its page: a publication before a preprint."""
    lookup_rank: int = 9
    """Of several, the lowest names the service that knows most about a work."""

    @property
    def home(self) -> str:
        """The scheme's own host."""
        return self.hosts[0]

    def is_wellformed(self, value: str) -> bool:
        """Whether a value has the form that a record's field asks for."""
        return bool(re.fullmatch(self.form, value))

    def written(self, value: str) -> str:
        """Return an identifier as entries write it: without the part that makes no difference."""
        if self.dropped:
            return re.sub(self.dropped, "", value)
        return value

    def normal(self, value: str) -> str:
        """Return what all spellings of one identifier share."""
        value = self.written(value)
        if self.folds_case:
            return value.lower()
        return value

    def page_of(self, value: str) -> str:
        """Return the address of the page that an identifier leads to."""
        return self.page.format(quote(value, safe=_URL_LETTERS))

    def date_of(self, value: str) -> Month | None:
        """Return the year and month that an identifier states; nothing where it states none."""
        if self.date:
            return self.date(value)
        return None

    def pdf_of(self, value: str) -> str:
        """Return the address of the open text, or nothing."""
        if self.pdf:
            return self.pdf.format(quote(value, safe=_URL_LETTERS))
        return ""

    def alone(self, text: str) -> str | None:
        """Return the identifier that a text is, its scheme's name or a version beside it or not."""
        named = rf"(?i:{self.id}\s*:?\s*)"
        start = named if self.guess else f"{named}?"
        # Identifiers of OpenReview may differ by case alone, so only what is beside one is read in any case.
        match = re.fullmatch(rf"{start}({self.form})(?i:{self.after})", text)
        if match:
            return match[1]
        return None

    def guessed(self, text: str) -> str | None:
        """Return a text that may be a bare identifier, where nothing else fits."""
        if self.guess and re.fullmatch(self.guess, text):
            return text
        return None

    def bare(self, text: str) -> str | None:
        """Return the identifier that a whole text is: alone, or as an address of its page."""
        # No identifier ends in a stop: it belongs to the sentence that was copied.
        text = text.strip().rstrip(".,;:")
        address = text
        # People leave out the `https://` of an address that they type.
        if text.startswith(tuple(f"{host}/" for host in self.hosts)):
            address = f"https://{text}"
        return self.alone(text) or self.in_address(address)

    def in_address(self, address: str) -> str | None:
        """Return the identifier that an address of one of the scheme's hosts leads to, as written there."""
        host, path, query = _parts(address)
        if host not in self.hosts:
            return None
        if self.parameter:
            value = parse_qs(query).get(self.parameter, [""])[0]
            return value if self.is_wellformed(value) else None
        match = re.search(f"{self.before}({self.form}){self.after}{_PAGE_END}", path)
        if match:
            return match[1].rstrip("/")
        return None

    def in_loose_address(self, address: str) -> str | None:
        """Return the same, also from other hosts' addresses and from one with something pasted behind it."""
        found = self.in_address(address)
        if found:
            return found
        for pattern in self.elsewhere:
            match = re.search(pattern, address)
            if match:
                return unquote(match[1])
        if self.is_known_when_damaged:
            return self._in_damaged_address(address)
        return None

    def _in_damaged_address(self, address: str) -> str | None:
        host, path, _ = _parts(address)
        # One more digit would make it another number.
        match = re.match(f"{self.before}({self.form})(?![0-9])", path)
        if match and host in self.hosts:
            return match[1]
        return None

    def in_text(self, text: str) -> Iterator[str]:
        """Yield the identifiers in free text, in the spelling that equal ones share."""
        for match in re.finditer(self.text, text, re.IGNORECASE):
            # A DOI may hold full stops, and the one behind it ends the sentence.
            yield self.normal(match[1].rstrip("."))

    def in_doi(self, doi: str) -> str | None:
        """Return the identifier that a DOI ends in: ``10.48550/arXiv.2205.14135``."""
        if not self.doi_prefix:
            return None
        match = re.fullmatch(f"{re.escape(self.doi_prefix)}({self.form}){self.after}", doi, re.IGNORECASE)
        if match:
            return match[1]
        return None


def arxiv_month(identifier: str) -> Month | None:
    """Return the year and month in which arXiv gave an identifier, or nothing where it never gave such a one.

    Since April 2007 an identifier is year, month and a number, of four digits until 2014 and of five since;
    before, the number of three digits followed the month without a dot, behind the name of an archive.
    Source: "Understanding the arXiv identifier", arxiv.org/help/arxiv_identifier.
    """
    digits = identifier.rpartition("/")[2]
    if not re.fullmatch(r"[0-9]{4}\.?[0-9]{3,5}", digits):
        return None
    year = 2000 + int(digits[:2])
    if year > _LAST_OF_CENTURY:
        year -= 100
    number = int(digits[2:4])
    if not 1 <= number <= _MONTHS:
        return None
    month = year, number
    is_of_new_form = month >= _FIRST_WITH_A_DOT
    has_dot = "." in digits
    if has_dot != is_of_new_form:
        return None
    if has_dot and len(digits) != _length_with_dot(month):
        return None
    return month


def _length_with_dot(month: Month) -> int:
    """Return how long arXiv's identifiers of a month are: year and month, the dot, and the number."""
    if month >= _FIVE_DIGITS_SINCE:
        return len("1501.00001")
    return len("0704.0001")


def bare_host(host: str) -> str:
    """Return a host without what may be before it: ``www.arxiv.org`` leads where ``arxiv.org`` does."""
    return _OPTIONAL_HOSTS.sub("", host)


@lru_cache(maxsize=4096)
def _parts(address: str) -> tuple[str, str, str]:
    """Return host, path and query of an address; nothing of a text that is none."""
    try:
        parts = urlsplit(address)
        return bare_host(parts.hostname or ""), unquote(parts.path), parts.query
    except ValueError:
        return "", "", ""


def host_of(address: str) -> str:
    """Return the host of an address; nothing of a text that is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    # The name system takes `example.org.` with its last dot for the same host.
    return bare_host(host.rstrip("."))
