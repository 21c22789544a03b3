"""Reading levels: what rekb.yaml says of them, their texts, and which one is shown where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import ConfigDict, Field, RootModel, StrictInt, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from rekb.model.base import Count, Line, MarkdownText, Model, Prose

MOST = 5
"""How many levels a switch has room for."""
_NUMBERS = ("no", "one", "two", "three", "four", "five")

WordId = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")]
"""Lower-case words joined by hyphens, a letter first: the name of a reading level or facet."""


class Bounds(Model):
    """Fewest and most words of a text."""

    fewest: Count
    """Fewest words."""
    most: Count
    """Most words."""

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.most <= self.fewest:
            raise PydanticCustomError("bounds", "`most` must be greater than `fewest`")
        return self


class Level(Model):
    """One reading level: what readers see it called, and how long and how hard its texts are."""

    label: Line
    """Its name on the switch."""
    audience: Line
    """For whom it is: ``for engineers``."""
    entry: Bounds
    """Length of an entry's text."""
    topic: Bounds
    """Length of a topic's text."""
    row: Line | None = None
    """What the compare page calls its texts; the label, where it is absent."""
    hardest_grade: Annotated[StrictInt, Field(ge=1, le=20)] | None = None
    """School grade (Flesch-Kincaid) above which a text is refused; absent: any will do."""


class _Texts(RootModel[dict[str, str]]):
    """Texts by level; a rule holds the levels to those of rekb.yaml."""

    # pydantic lets a root model say nothing of further fields, so the settings of `Model` do not fit.
    model_config = ConfigDict(frozen=True, defer_build=True)

    def text(self, level: str) -> str:
        """Return the text of a level; empty where it is not written."""
        return self.root.get(level, "")

    def texts(self) -> tuple[str, ...]:
        """Return all texts, in the order of the file."""
        return tuple(self.root.values())

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield the levels that are written, each with its text, in the order of the file."""
        yield from self.root.items()


class Summary(_Texts):
    """The work in our own words, a text for each reading level of rekb.yaml, each readable alone."""

    root: dict[str, Prose]
    """Level to text."""


class TopicSummary(_Texts):
    """The overview of a topic, a text for each reading level of rekb.yaml, with ``[@key]`` citations."""

    root: dict[str, MarkdownText]
    """Level to text; of several levels the easiest is plain text."""


def _level(label: str, audience: str, entry: tuple[int, int], topic: tuple[int, int]) -> Level:
    return Level(label=label, audience=audience, entry=_bounds(*entry), topic=_bounds(*topic))


def _bounds(fewest: int, most: int) -> Bounds:
    return Bounds(fewest=fewest, most=most)


LEVELS: dict[str, Level] = {
    "plain": _level("Plain", "for everyone", (40, 80), (50, 140)).model_copy(update={"hardest_grade": 11}),
    "practitioner": _level("Practitioner", "for engineers", (60, 110), (80, 220)).model_copy(
        update={"row": "In practice"}
    ),
    "expert": _level("Expert", "for researchers", (80, 140), (200, 400)),
}
"""The levels of a knowledge base that names none, easiest first."""


@dataclass(frozen=True, slots=True)
class ReadingLevels:
    """The levels of a knowledge base, easiest first, and the rules by which one is chosen."""

    levels: Mapping[str, Level]
    chosen: str | None = None
    """The level that is configured as the first to be shown."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The levels, easiest first: the order of the switch."""
        return tuple(self.levels)

    @property
    def hardest_first(self) -> tuple[str, ...]:
        """The levels in the order of files and tables."""
        return self.ids[::-1]

    @property
    def easiest(self) -> str:
        """The level that speaks where anyone may read: descriptions, previews, feeds, the header's search."""
        return next(iter(self.levels))

    @property
    def default(self) -> str:
        """The level that is shown first and in tables: the configured one, else the middle."""
        if self.chosen in self.levels:
            return str(self.chosen)
        return self.ids[(len(self.levels) - 1) // 2]

    def is_markdown(self, level: str) -> bool:
        """Whether a topic's text of this level is Markdown: of several levels, all but the easiest."""
        if level not in self.levels:
            return False
        if len(self.levels) == 1:
            return True
        return level != self.easiest

    def counted(self) -> str:
        """Return how many there are, in words: ``three reading levels``."""
        many = len(self.levels)
        if many == 1:
            return f"{_NUMBERS[1]} reading level"
        return f"{_NUMBERS[many]} reading levels"


DEFAULT_LEVELS = ReadingLevels(LEVELS)
"""The levels where no configuration is at hand."""
