"""A node of the topic tree."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from rekb.model.base import Line, Model
from rekb.model.entry import Exemption
from rekb.model.levels import TopicSummary

Column = Literal[
    "year",
    "venue",
    "saves",
    "costs",
    "phase",
    "requires",
    "hardware",
    "modality",
    "code",
    "results",
    "bits",
    "parameters",
]
"""A column that a topic's comparison table can show."""


class TopicSurvey(Model):
    """Where the survey has this topic."""

    section: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]+(\.[0-9]+)*(\.[a-z])?\Z")]
    """Section number, such as ``"3.1.2"``; a letter is for an unnumbered heading."""
    also_called: tuple[Line, ...] = ()
    """Other names that the survey's list uses for it."""


class Topic(Model):
    """One node of the tree; its id is the path of its file below taxonomy/topics."""

    title: Line
    """The name readers see."""
    order: Annotated[StrictInt, Field(ge=1)]
    """Place among its siblings, from 1."""
    survey: TopicSurvey | None = None
    """Where the survey has it; absent when the topic was added since."""
    provisional: StrictBool = False
    """True while no public source confirms that the survey calls it so."""
    scope: Line
    """What belongs here, in a sentence."""
    summary: TopicSummary | None = None
    """The overview; absent until it is written."""
    columns: tuple[Column, ...] = ("year", "venue", "saves", "requires", "code")
    """The columns of its comparison table, in order."""
    exempt: tuple[Exemption, ...] = ()
    """Findings that are right as they stand, each with its reason."""
