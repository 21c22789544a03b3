"""What is watched for new works, what was found there, and what was decided about it."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from rekb.model.base import Count, Date, Line, Link, Model, Slug
from rekb.model.identifiers import SCHEMES

TITLE_SCHEME = "title"
"""The scheme of a work that has no identifier: its title, as `rekb.model.keys.title_fingerprint` makes it."""

FirstDay = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?\Z")]
"""When a work became public, as far as its identifier says: ``2024-05``, or the year alone."""


def _work_id(text: str) -> str:
    scheme, _, value = text.partition(":")
    if scheme not in (*SCHEMES, TITLE_SCHEME) or not value:
        schemes = ", ".join((*SCHEMES, TITLE_SCHEME))
        raise PydanticCustomError(
            "work_id",
            "an id is a scheme and a value, `arxiv:2405.05254`; schemes: {schemes}",
            {"schemes": schemes},
        )
    if scheme == TITLE_SCHEME and not re.fullmatch(r"\w+", value):
        raise PydanticCustomError("work_id", "a title as an id is its letters and digits without spaces")
    return text


WorkId = Annotated[str, StringConstraints(strict=True, max_length=400), AfterValidator(_work_id)]
"""What a work is known by before it is entered: ``arxiv:2405.05254``, ``doi:10.1145/3600006.3613165``."""


class WatchedFile(Model):
    """A file that names works: a reading list in Markdown, BibTeX, proceedings, another knowledge base."""

    id: Slug
    """The word by which candidates name it."""
    title: Line
    """What people call it."""
    url: Link | None = None
    """Where it is fetched from; without it, the file is given to `rekb watch` by hand as ``ID=PATH``."""
    page: Link | None = None
    """Its own page, for people."""
    within: tuple[Line, ...] = ()
    """Words of headings: only works below a heading that holds one of them count. All count without it."""


class WatchedArchive(Model):
    """New preprints of arXiv: of any of the categories, with any of the words in title or abstract."""

    categories: Annotated[tuple[Line, ...], Field(min_length=1)]
    """arXiv's names of them: ``cs.LG``."""
    words: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Words or phrases: ``speculative decoding``."""
    most: Count = 200
    """How many of the newest are looked at in one run."""


class Watch(Model):
    """What `rekb watch` looks at, and how much it may propose."""

    lists: tuple[WatchedFile, ...] = ()
    """Lists that others keep; a work that several of them name ranks higher."""
    arxiv: WatchedArchive | None = None
    """New preprints; nothing is asked of arXiv without it."""
    drafts: Count = 5
    """How many drafts the weekly pull request has at most."""

    @model_validator(mode="after")
    def _unique(self) -> "Watch":
        seen: set[str] = set()
        for watched in self.lists:
            if watched.id in seen:
                raise PydanticCustomError("watch", "the list `{id}` is there twice", {"id": watched.id})
            seen.add(watched.id)
        return self


class Candidate(Model):
    """A work that watched lists name, entered or not."""

    id: WorkId
    """What it is known by."""
    title: Line
    """Its title as the lists have it: not checked."""
    lists: tuple[Slug, ...] = ()
    """The lists that name it, by id."""
    first: FirstDay | None = None
    """When it became public."""
    seen: Date
    """The day on which `rekb watch` met it first."""
    tried: Line | None = None
    """Why it is not entered although it is in scope: which sources were looked for in vain."""


class CandidateFile(Model):
    """taxonomy/candidates.json: what the watched lists name; written by `rekb watch --record`, a work a line.

    It is JSON, because it holds thousands of works and a command writes it.
    """

    candidates: tuple[Candidate, ...] = ()
    """The works that wait for a decision, by id."""
    decided: tuple[Candidate, ...] = ()
    """The works that were entered or declined when the file was written, by id: recall counts them."""


class Reason(Model):
    """A question of the scope that a declined work fails."""

    id: Slug
    """The word by which declined works name it."""
    text: Line
    """The question, as docs/scope.md asks it."""


class Declined(Model):
    """A work that was looked at and does not belong here; it is never proposed again."""

    id: WorkId
    """What it is known by."""
    title: Line
    """Its title."""
    because: Slug
    """The reason, one of `reasons`."""
    note: Line | None = None
    """What is to be said beyond the reason."""
    on: Date
    """The day of the decision."""


class DeclinedFile(Model):
    """taxonomy/declined.yaml: works that do not belong here, each with the reason."""

    reasons: tuple[Reason, ...] = ()
    """Why works are declined."""
    declined: tuple[Declined, ...] = ()
    """The works, by id."""
