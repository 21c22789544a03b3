"""The facets of every knowledge base: one table, one row a facet.

The explore page and its script, the finder, questions, `rekb export`, `rekb search`, the API and the
reference page read these rows, so a new built-in facet is a new row here. What a choice of facets means is
`rekb.kb.query`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from rekb.model.cited import cited_record
from rekb.model.entry import Entry
from rekb.model.facets import Facet, Venue

NOTHING, UNKNOWN = "nothing", "unknown"
"""Words for a list that is empty on purpose, and for one of which nothing is known."""

Words = tuple[str, ...]
Read = Callable[[Entry, Mapping[str, Venue]], Words | None]
"""Returns the words that an entry has of a facet; `None` where nothing is known."""


@dataclass(frozen=True, slots=True)
class FacetRow:
    """One facet: where its words come from, what it is called, what its absence means."""

    id: str
    """Its name in addresses, questions, commands and the API."""
    title: str
    """What pages call it, unless rekb.yaml says otherwise."""
    help: str
    """What it says, in a clause."""
    meaning: str
    """What asking for it means, for the reference pages."""
    read: Read
    vocabulary: Facet | None = None
    """Where its words stand in taxonomy/facets.yaml."""
    field: tuple[str, ...] = ()
    """The field of the entry that holds words of the vocabulary: of a list of mappings, list and field."""
    words_from: Literal["vocabulary", "topics", "venues", "row"] = "vocabulary"
    words: tuple[tuple[str, str], ...] = ()
    """Its words with their labels, where they stand in no file."""
    effect_part: Literal["resource", "phase", ""] = ""
    """Which part of an effect that saves something it asks for: one effect must answer both together."""
    aliases: tuple[str, ...] = ()
    """Other names that are read as this one."""
    nothing: str = ""
    """What is said of a work with an empty list; empty where that is no statement."""
    nothing_short: str = ""
    """The same in a narrow column."""
    why_nothing: str = ""
    why_unknown: str = ""
    silence: str = ""
    """What is said of works that would fit if they said so, in a clause."""
    question: str = ""
    """What the finder asks; empty where it does not."""
    advice: str = ""
    """What the finder says below."""
    is_met: bool = False
    """Whether the finder asks what a reader can meet, and leaves out what needs more."""
    is_open: bool = False
    """Whether its boxes are unfolded at first."""
    by_count: bool = False
    """Whether its boxes are ordered by the number of works, not in the order of the words."""

    @property
    def may_be_silent(self) -> bool:
        """Whether `nothing` and `unknown` are words of it."""
        return bool(self.nothing)

    def words_in(self, entry: Entry, venues: Mapping[str, Venue]) -> Words:
        """Return the words that hold for an entry, those for an empty and an absent list included."""
        found = self.read(entry, venues)
        if not self.may_be_silent:
            if found:
                return found
            return ()
        if found is None:
            return (UNKNOWN,)
        if found:
            return found
        return (NOTHING,)


def _of_effects(change: str, part: str) -> Read:
    """Return what reads one part of the effects that change a resource in one way, each word once."""

    def read(entry: Entry, _: Mapping[str, Venue]) -> Words:
        found = [getattr(effect, part) for effect in entry.effects if effect.change == change]
        return tuple(dict.fromkeys(found))

    return read


def _topics(entry: Entry, _: Mapping[str, Venue]) -> Words:
    """Return the topics of an entry with all above them."""
    found: set[str] = set()
    for topic in entry.topics:
        # A topic's id is its path: those above it are the shorter paths.
        found.update(accumulate(topic.split("/"), "{}/{}".format))
    return tuple(sorted(found))


def _venue(entry: Entry, venues: Mapping[str, Venue]) -> Words:
    return (cited_record(entry, venues).venue,)


def _code(entry: Entry, _: Mapping[str, Venue]) -> Words:
    code = entry.links.code
    if code and code.official:
        return ("official",)
    return ("none",)


def _state(entry: Entry, _: Mapping[str, Venue]) -> Words:
    if entry.is_complete:
        return ("complete",)
    return ("incomplete",)


_ROWS = (
    FacetRow(
        id="saves",
        title="Gains",
        help="What gets less, or better",
        meaning="Resources that are saved.",
        read=_of_effects("saves", "resource"),
        vocabulary=Facet.RESOURCE,
        field=("effects", "resource"),
        effect_part="resource",
        aliases=("resource",),
        question="What do you lack?",
        advice="One is enough; with several, a gain in any of them counts.",
        is_open=True,
    ),
    FacetRow(
        id="phase",
        title="When",
        help="In which phase the gain shows",
        meaning="When they are saved; one effect must answer both this and `saves`.",
        read=_of_effects("saves", "phase"),
        vocabulary=Facet.PHASE,
        field=("effects", "phase"),
        effect_part="phase",
        question="When do you lack it?",
        advice="Nothing ticked means at any time.",
        is_open=True,
    ),
    FacetRow(
        id="needs",
        title="Needs",
        help="What must be at hand",
        meaning="Requirements; `unknown` where none is stated, `nothing` where nothing is needed.",
        read=lambda entry, _: entry.requires,
        vocabulary=Facet.REQUIREMENT,
        field=("requires",),
        aliases=("requires",),
        nothing="nothing special",
        nothing_short="nothing special",
        why_nothing="The authors need nothing that is listed here.",
        why_unknown="What is needed is not known.",
        silence="what it needs is not known",
        question="What may you change, or have at hand?",
        advice="Untick what you cannot do or do not have: works that need it drop out.",
        is_met=True,
        is_open=True,
    ),
    FacetRow(
        id="topic",
        title="Topic",
        help="Place in the survey's tree",
        meaning="Nodes of the tree, with all that is below them.",
        read=_topics,
        words_from="topics",
    ),
    FacetRow(
        id="hardware",
        title="Ran on",
        help="Where the authors ran it",
        meaning="Where the authors ran it; `unknown` where they do not say, `nothing` for none of the list.",
        read=lambda entry, _: entry.hardware,
        vocabulary=Facet.HARDWARE,
        field=("hardware",),
        nothing="any hardware",
        nothing_short="any",
        why_nothing="It ran on nothing that is listed here.",
        why_unknown="Where it ran is not known.",
        silence="where it ran is not known",
        question="On what hardware?",
        advice="Where the authors ran it. Many do not say; tick “Not stated” to keep those.",
    ),
    FacetRow(
        id="modality",
        title="Modality",
        help="What a work reads or makes",
        meaning="What kind of data.",
        read=lambda entry, _: entry.modalities,
        vocabulary=Facet.MODALITY,
        field=("modalities",),
        aliases=("modalities",),
        question="For which modality?",
        advice="What a work reads or makes.",
    ),
    FacetRow(
        id="costs",
        title="Costs",
        help="What is spent in exchange",
        meaning="Resources that are spent, in whatever phase.",
        read=_of_effects("costs", "resource"),
        vocabulary=Facet.RESOURCE,
        field=("effects", "resource"),
    ),
    FacetRow(
        id="venue",
        title="Venue",
        help="Where it appeared",
        meaning="Where the work is cited from; other records, such as its preprint, do not count.",
        read=_venue,
        words_from="venues",
        by_count=True,
    ),
    FacetRow(
        id="code",
        title="Code",
        help="The authors' own repository",
        meaning="Whether the authors' own code is known.",
        read=_code,
        words_from="row",
        words=(("official", "Official code"), ("none", "None known")),
    ),
    FacetRow(
        id="state",
        title="Completeness",
        help="Whether all facts were confirmed",
        meaning="Whether all facts were confirmed.",
        read=_state,
        words_from="row",
        words=(("complete", "Complete"), ("incomplete", "Incomplete")),
    ),
)
FACETS: dict[str, FacetRow] = {row.id: row for row in _ROWS}
"""The facets by name, in the order of an address and of the explore page."""


def aliases() -> dict[str, str]:
    """Return every other name of a facet, with the facet that it means."""
    found: dict[str, str] = {}
    for row in FACETS.values():
        for alias in row.aliases:
            found[alias] = row.id
    return found


def effect_facets() -> tuple[str, ...]:
    """Return the facets that one effect must answer together."""
    found: list[str] = []
    for row in FACETS.values():
        if row.effect_part:
            found.append(row.id)
    return tuple(found)


def vocabulary_fields() -> dict[tuple[str, ...], Facet]:
    """Return the fields of an entry that hold words of a vocabulary, each once."""
    found: dict[tuple[str, ...], Facet] = {}
    for row in FACETS.values():
        if row.vocabulary:
            found[row.field] = row.vocabulary
    return found
