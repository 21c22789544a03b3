"""One public record of a work: where it appeared, with what a bibliography wants of it."""

from typing import Annotated

from pydantic import StrictBool, StringConstraints

from rekb.model.appearance import Identified
from rekb.model.base import Line, Link
from rekb.model.identifiers import SCHEMES


class Record(Identified):
    """One public record of the work: a preprint, a conference paper, a journal article, a release."""

    title: Line | None = None
    """The title of this record, where it appeared under another one than the work's."""
    url: Link | None = None
    """The record's own page, where no identifier leads to it."""
    volume: Line | None = None
    """Volume of the journal or proceedings."""
    issue: Line | None = None
    """Issue of the journal: ``4``, ``4-5``."""
    article: Line | None = None
    """Article number, where a journal counts articles and not pages: ``127063``, ``e0173``."""
    pages: (
        Annotated[
            str,
            StringConstraints(
                strict=True, pattern=r"^[A-Za-z]?[0-9]+([:.][0-9]+)?(-[A-Za-z]?[0-9]+([:.][0-9]+)?)?\Z"
            ),
        ]
        | None
    ) = None
    """First and last page: ``"611-626"``."""
    book: Line | None = None
    """Title of the book that a chapter is in, where that book is no venue of its own."""
    publisher: Line | None = None
    """Who published this record, or granted the degree, where the venue is not of one publisher."""
    note: Line | None = None
    """What a reader should know, such as the name of a workshop or ``Oral``."""
    reprint: StrictBool = False
    """True where a venue printed again what another record of the work has; it is not the one to cite."""

    def named(self) -> dict[str, str]:
        """Return its identifiers as they are written, by scheme."""
        found: dict[str, str] = {}
        for name in SCHEMES:
            value = getattr(self, name)
            if value:
                found[name] = value
        return found
