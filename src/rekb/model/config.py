"""What makes a knowledge base the one of its own survey: rekb.yaml in its root."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from rekb.model.base import Count, Key, Line, Link, Model, Slug, TopicId, Year


class SurveyList(Model):
    """The list of works that the knowledge base started from, whose rows entries claim by number."""

    title: Line
    """The survey's name, as a sentence can hold it."""
    rows: Count
    """How many rows its list has; entries claim them from 1."""
    url: Link | None = None
    """Where the survey stands."""


class Licence(Model):
    """The licence of facts and texts."""

    name: Line
    """Its short name: ``CC BY 4.0``."""
    url: Link
    """Where its text stands."""


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
    """One reading level: what readers see it called, and how long its texts are."""

    label: Line
    """Its name on the switch."""
    audience: Line
    """For whom it is: ``for engineers``."""
    entry: Bounds
    """Length of an entry's text."""
    topic: Bounds
    """Length of a topic's text."""


def _level(label: str, audience: str, entry: tuple[int, int], topic: tuple[int, int]) -> Level:
    bounds = [Bounds(fewest=fewest, most=most) for fewest, most in (entry, topic)]
    return Level(label=label, audience=audience, entry=bounds[0], topic=bounds[1])


class Levels(Model):
    """The three reading levels, easiest first."""

    plain: Level = _level("Plain", "for everyone", (40, 80), (50, 140))
    """For a reader outside the field."""
    practitioner: Level = _level("Practitioner", "for engineers", (60, 110), (80, 220))
    """For whoever chooses a method."""
    expert: Level = _level("Expert", "for researchers", (80, 140), (200, 400))
    """For a researcher of the field."""
    hardest_grade: Annotated[StrictInt, Field(ge=1, le=20)] = 11
    """School grade (Flesch-Kincaid) above which a plain text is refused."""

    def named(self) -> tuple[tuple[str, Level], ...]:
        """Return the levels by id, in the order of the switch."""
        return (("plain", self.plain), ("practitioner", self.practitioner), ("expert", self.expert))


class FacetWords(Model):
    """Words of the explore page's facets; of one facet any may hold, all facets must."""

    saves: tuple[Slug, ...] = ()
    """Resources that are saved."""
    phase: tuple[Slug, ...] = ()
    """When they are saved; one effect must answer both this and `saves`."""
    needs: tuple[Slug, ...] = ()
    """Requirements; `unknown` where none is stated, `nothing` where nothing is needed."""
    topic: tuple[TopicId, ...] = ()
    """Nodes of the tree, with all that is below them."""
    hardware: tuple[Slug, ...] = ()
    """Where the authors ran it."""
    modality: tuple[Slug, ...] = ()
    """What kind of data."""
    costs: tuple[Slug, ...] = ()
    """Resources that are spent."""
    venue: tuple[Slug, ...] = ()
    """Where the work is cited from."""
    code: tuple[Literal["official", "none"], ...] = ()
    """Whether the authors' own code is known."""
    state: tuple[Literal["complete", "incomplete"], ...] = ()
    """Whether all facts were confirmed."""

    def words(self) -> dict[str, tuple[str, ...]]:
        """Return the facets that name a word, in the order in which an address has them."""
        return {name: found for name in FacetWords.model_fields if (found := getattr(self, name))}


class Question(Model):
    """A question of the home page: a state of the explore page with the reason for it."""

    title: Line
    """What a reader asks."""
    why: Line
    """Why these works and no others, in a sentence or two."""
    group: Line | None = None
    """Heading under which it stands with others."""
    state: FacetWords
    """What must hold for a work."""
    without: FacetWords = FacetWords()
    """What must not hold for it."""
    since: Year | None = None
    """First public year, at least."""
    until: Year | None = None
    """First public year, at most."""

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the state as an address has it: ``saves=memory``, ``not-needs=x``, ``from=2023``."""
        wanted = [(name, word) for name, words in self.state.words().items() for word in words]
        unwanted = [(f"not-{name}", word) for name, words in self.without.words().items() for word in words]
        years = [(name, str(year)) for name, year in (("from", self.since), ("to", self.until)) if year]
        return (*wanted, *unwanted, *years)


def _comparable(papers: tuple[str, ...]) -> tuple[str, ...]:
    if not 2 <= len(papers) <= 6:  # noqa: PLR2004 - what fits side by side
        raise PydanticCustomError("comparison", "two to six works are compared")
    return papers


class Comparison(Model):
    """Works that readers ask to see side by side."""

    title: Line
    """What the link says."""
    papers: Annotated[tuple[Key, ...], AfterValidator(_comparable)]
    """Citation keys, in the order of the columns."""


class Config(Model):
    """rekb.yaml: what makes this knowledge base the one of its own survey. Every field may be left out.

    The site's name, description and addresses stand in mkdocs.yml, the vocabularies below taxonomy/.
    """

    lead: Line | None = None
    """What the home page says first; the site's description where it is absent."""
    survey: SurveyList | None = None
    """The list that entries' `survey.rows` count; absent: there is none, and pages do not speak of one."""
    licence: Licence = Licence(name="CC BY 4.0", url="https://creativecommons.org/licenses/by/4.0/")
    """The licence of facts and texts."""
    levels: Levels = Levels()
    """The reading levels."""
    questions: tuple[Question, ...] = ()
    """Questions of the home page; one that no work answers is not shown."""
    comparisons: tuple[Comparison, ...] = ()
    """Comparisons that the compare page offers."""
