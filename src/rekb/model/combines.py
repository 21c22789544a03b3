"""What combines with what: statements about two topics or works, each as one source says it."""

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from rekb.model.base import Date, Key, Line, Link, Model, Slug, TopicId

Verdict = Literal["works", "partly", "conflicts", "alternative"]
"""Whether two things can be used at once."""

# git shortens the name of a commit, which has 40 digits, to seven or more.
_COMMIT = re.compile(r"/(?:blob|tree|raw|commit)/[0-9a-f]{7,40}(?:/|\Z)")
_RELEASE = re.compile(r"/(?:blob|tree|raw)/v?[0-9]+(?:\.[0-9]+)+(?:[.-]?[a-z]+[0-9]*)*(?:/|\Z)")


class CombinesSource(Model):
    """A page of a runtime's or library's documentation, or of its code, that says what combines."""

    id: Slug
    """The word by which statements name it."""
    runtime: Line
    """The runtime or library that it speaks of."""
    version: Line
    """Its version at that page, as it calls itself."""
    what: Line
    """What the page is."""
    url: Link
    """Its address at a commit or a release, so that it stays what was read."""
    only_on: Line | None = None
    """The hardware that the page speaks of, where that is of one maker's kind: ``Ascend NPUs``."""
    on: Date | None = None
    """The day of that commit or release; without it, the day is not known."""

    @property
    def pinned(self) -> bool:
        """Whether the address names a commit or a release, which a branch does not."""
        # GitHub shows a branch as it is today: what was read there may be gone tomorrow.
        if _COMMIT.search(self.url):
            return True
        return _RELEASE.search(self.url) is not None


class Combination(Model):
    """What one source says of two topics or works used at once; their order means nothing."""

    pair: Annotated[tuple[TopicId, ...], Field(min_length=2, max_length=2)]
    """Two topic ids or citation keys."""
    verdict: Verdict
    """Works; partly, under the condition in the note; conflicts; alternative: one in place of the other."""
    source: Slug | None = None
    """The page that says it, one of `sources`."""
    paper: Key | None = None
    """The entry whose paper says it, where no page of a runtime does."""
    where: Line | None = None
    """Where in the page or paper it is: abstract, the name of a table or section."""
    note: Line
    """The condition, in words of one's own."""

    @model_validator(mode="after")
    def _one_source(self) -> "Combination":
        if (self.source is None) == (self.paper is None):
            raise PydanticCustomError(
                "combination", "a statement has a `source` or a `paper`, one of the two"
            )
        return self

    @property
    def parts(self) -> tuple[str, str]:
        """Both ends in one order, whichever way they are written."""
        one, other = sorted(self.pair)
        return one, other


class MatrixPart(Model):
    """One row and column of a matrix."""

    part: TopicId
    """A topic id or a citation key."""
    short: Line
    """What it is called at the head of a column."""


class Matrix(Model):
    """A group of topics or works, each against each, as the page shows it."""

    id: Slug
    """Its place on the page."""
    title: Line
    """What it is called."""
    parts: Annotated[tuple[MatrixPart, ...], Field(min_length=2, max_length=9)]
    """What is in it, in this order."""


class CombinesFile(Model):
    """taxonomy/combines.yaml: what combines with what, each statement with its source."""

    sources: tuple[CombinesSource, ...] = ()
    """The pages that were read."""
    matrices: tuple[Matrix, ...] = ()
    """Groups that the page shows as tables."""
    combines: tuple[Combination, ...] = ()
    """The statements; several sources for one pair are several rows."""
