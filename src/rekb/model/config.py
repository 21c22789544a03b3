"""What makes a knowledge base the one of its own survey: rekb.yaml in its root."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from rekb.model.base import Count, Key, Line, Link, Model, Slug, TopicId, Year
from rekb.model.facet_table import FACETS, FacetRow
from rekb.model.facets import FacetText
from rekb.model.levels import LEVELS, MOST, Level, ReadingLevels, WordId
from rekb.model.watch import Watch


class SurveyList(Model):
    """The list of works that the knowledge base started from, whose rows entries claim by number."""

    title: Line
    """The survey's name, as a sentence can hold it."""
    rows: Count
    """How many rows its list has; entries claim them from 1."""
    url: Link | None = None
    """Where the survey is."""


class Licence(Model):
    """The licence of facts and texts."""

    name: Line
    """Its short name: ``CC BY 4.0``."""
    url: Link
    """Where its text is."""


def _facet_field(row: FacetRow) -> tuple[Any, Any]:
    kind: Any = Slug
    if row.words_from == "topics":
        kind = TopicId
    elif row.words_from == "row":
        # mypy wants the words of a `Literal` written out; these are those of a row of the table.
        one_of: Any = Literal
        kind = one_of[tuple(word for word, _ in row.words)]
    return tuple[kind, ...], Field(default=(), description=row.meaning)


if TYPE_CHECKING:
    _OneOfEach = Model
else:
    _OneOfEach = create_model(
        "_OneOfEach", __base__=Model, **{name: _facet_field(row) for name, row in FACETS.items()}
    )


class FacetWords(_OneOfEach):
    """Words of the explore page's facets, own ones as well; of one facet any may hold, all facets must."""

    # pydantic holds extra fields to the type that `__pydantic_extra__` is annotated with.
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, tuple[Slug, ...]]

    def words(self) -> dict[str, tuple[str, ...]]:
        """Return the facets that name a word, in the order in which an address has them."""
        kept: dict[str, tuple[str, ...]] = {}
        for name in FacetWords.model_fields:
            kept[name] = getattr(self, name)
        kept |= self.__pydantic_extra__
        return {name: words for name, words in kept.items() if words}


class Question(Model):
    """A question of the home page: a state of the explore page with the reason for it."""

    title: Line
    """What a reader asks."""
    why: Line
    """Why these works and no others, in a sentence or two."""
    group: Line | None = None
    """Heading under which it is with others."""
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
        years = []
        for name, year in (("from", self.since), ("to", self.until)):
            if year:
                years.append((name, str(year)))
        return (*_pairs(self.state, self.without), *years)


class Preset(Model):
    """Filters of the explore page that people mean by one word."""

    title: Line
    """The word: ``Training-free``."""
    why: Line
    """What it means, in a sentence."""
    state: FacetWords = FacetWords()
    """What must hold for a work."""
    without: FacetWords = FacetWords()
    """What must not hold for it."""

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the filters as an address has them."""
        return _pairs(self.state, self.without)


def _pairs(state: FacetWords, without: FacetWords) -> tuple[tuple[str, str], ...]:
    return (*_named_words("", state), *_named_words("not-", without))


def _named_words(before: str, facets: FacetWords) -> Iterator[tuple[str, str]]:
    """Yield each word behind the name of its facet, which may have something before it."""
    for name, words in facets.words().items():
        for word in words:
            yield f"{before}{name}", word


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


def _few(levels: dict[str, Level]) -> dict[str, Level]:
    if not 1 <= len(levels) <= MOST:
        raise PydanticCustomError("levels", "one to five reading levels are wanted, easiest first")
    return levels


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
    levels: Annotated[dict[WordId, Level], AfterValidator(_few)] = LEVELS
    """The reading levels by id, easiest first, one to five; summaries have a text for each."""
    default_level: WordId | None = None
    """The level that is shown until a reader chooses another; the middle one where it is absent."""
    facets: dict[WordId, FacetText] = Field(default_factory=dict)
    """What pages call the facets, by the names that they have in a question's `state`; another name is an own
    facet, whose words stand under it in taxonomy/facets.yaml and which entries fill by `tags`."""
    questions: tuple[Question, ...] = ()
    """Questions of the home page; one that no work answers is not shown."""
    presets: tuple[Preset, ...] = ()
    """Filters that the explore page offers by one word; one that no work answers is not shown."""
    comparisons: tuple[Comparison, ...] = ()
    """Comparisons that the compare page offers."""
    watch: Watch = Watch()
    """Where `rekb watch` looks for new works."""

    @property
    def own_facets(self) -> tuple[str, ...]:
        """The facets that this knowledge base has beside the built-in ones."""
        found: list[str] = []
        for name in self.facets:
            if name not in FacetWords.model_fields:
                found.append(name)
        return tuple(found)

    def title_of(self, facet: str) -> str:
        """Return what an own facet is called; without a title, as its name says it."""
        title = self.facets[facet].title
        if title:
            return title
        return facet.replace("-", " ").capitalize()

    @property
    def reading(self) -> ReadingLevels:
        """The reading levels, with the rules by which pages choose one."""
        return ReadingLevels(self.levels, self.default_level)
