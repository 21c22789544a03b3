"""Reading paths: works in the order in which they are best read, and questions that the formulas answer."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from rekb.model.base import Count, Key, Line, Model, Slug, TopicId

PathLevel = Literal["beginner", "intermediate", "advanced"]
"""What a reader brings along: nothing but curiosity; the basics of the area; practice in it."""
Quantity = Literal[
    "weights",
    "training-state",
    "cache",
    "memory",
    "cards",
    "context",
    "speed",
    "token-flops",
    "training-flops",
]
"""What can be asked for; each is one formula of the planner."""
NumberFormat = Literal["fp32", "bf16", "fp8", "int8", "int4", "int4-g128", "int2-g128", "nf4", "mxfp4"]
"""How a number is stored; the planner knows more formats than questions need."""


class PathStep(Model):
    """One work to read, or one topic whose overview is read."""

    entry: Key | None = None
    """The work."""
    topic: TopicId | None = None
    """The topic, where it is an overview that is read."""
    why: Line
    """Why this comes next: what it adds to what was read before."""

    @model_validator(mode="after")
    def _one_goal(self) -> "PathStep":
        if (self.entry is None) == (self.topic is None):
            raise PydanticCustomError("path_step", "a step has an `entry` or a `topic`, one of the two")
        return self

    @property
    def goal(self) -> str:
        """The citation key or the topic id."""
        if self.entry:
            return self.entry
        if self.topic:
            return self.topic
        return ""


class Setup(Model):
    """What a quantity is worked out for; what a formula does not need has no influence."""

    model: Slug
    """A model of taxonomy/models.yaml whose published shape is here."""
    weights: NumberFormat = "bf16"
    """Format of the weights."""
    cache: NumberFormat = "bf16"
    """Format of the key-value cache."""
    context: Count | None = None
    """Tokens of each sequence."""
    batch: Count = 1
    """Sequences kept at once."""
    device: Slug | None = None
    """A device of taxonomy/devices.yaml."""


class PathQuestion(Model):
    """A question to test oneself; text and answer are worked out, so that neither can be wrong alone."""

    asks: Quantity
    """What is asked for."""
    of: Setup
    """What it is asked of."""
    against: Setup | None = None
    """A second case, for a question of how many times larger the one is than the other."""
    so: Line
    """What the answer teaches, without a number that could become wrong."""


class ReadingPath(Model):
    """A way through part of the field, work by work."""

    id: Slug
    """Its place in the address: ``learn/<id>/``."""
    title: Line
    """What it is called."""
    topic: TopicId
    """The topic that it leads into, whose page names it."""
    level: PathLevel
    """What a reader brings along."""
    goal: Line
    """What a reader can do afterwards."""
    whom: Line
    """For whom it is, and what they should know before."""
    after: tuple[Slug, ...] = ()
    """Paths that are best read before."""
    steps: Annotated[tuple[PathStep, ...], Field(min_length=3, max_length=12)]
    """What to read, in this order."""
    questions: tuple[PathQuestion, ...] = ()
    """Questions for the end."""


class PathsFile(Model):
    """taxonomy/paths.yaml: reading paths for learners."""

    paths: Annotated[tuple[ReadingPath, ...], Field(min_length=1)]
    """The paths, easiest first."""
