"""The tools of `rekb mcp`: their names, what they are for, and their arguments.

Nothing of the knowledge base is imported here, so that the tools are listed as soon as a client asks.
"""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

MOST_COMPARED = 6
"""Works that are compared at once, as on the site's page."""


class Arguments(BaseModel):
    """Arguments of a tool."""

    # Clients show the texts below the fields. An argument with a slip in its name is refused: were it
    # passed over, the answer would look right and be that of another question.
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    offset: int = Field(0, ge=0)
    """How many lines to pass over; `rest` of an answer that was cut says where it goes on."""


class FindArguments(Arguments):
    """Arguments of `find`."""

    words: str = Field("", max_length=300)
    """Names, words or their beginnings, authors, topics, a venue with its year, a DOI or arXiv id."""
    query: str = Field("", max_length=1000)
    """Facets that narrow, such as saves=memory&phase=inference&not-needs=retraining&from=2023."""


class ShowArguments(Arguments):
    """Arguments of `show`."""

    work: str = Field(max_length=300)
    """A citation key, the name of a work, or its DOI or arXiv id."""
    part: str = Field("", max_length=100)
    """Only this part: authors, records, effects, results ... `parts` of an answer lists those there are."""


class NumbersArguments(Arguments):
    """Arguments of `numbers`; several narrow."""

    work: str | None = Field(None, max_length=300)
    """A citation key or the name of a work."""
    metric: str | None = Field(None, max_length=100)
    """An id of the knowledge base's metrics: perplexity-wikitext2."""
    model: str | None = Field(None, max_length=100)
    """An id of its models: llama-2-7b."""
    device: str | None = Field(None, max_length=100)
    """An id of its devices: a100-80gb."""
    resource: str | None = Field(None, max_length=100)
    """What the metric is about: memory, latency, quality ..."""
    phase: str | None = Field(None, max_length=100)
    """When: inference, training ..."""


class CompareArguments(Arguments):
    """Arguments of `compare`."""

    works: list[str] = Field(min_length=2, max_length=MOST_COMPARED)
    """Two to six citation keys or names of works."""


class CiteArguments(Arguments):
    """Arguments of `cite`."""

    works: list[str] = Field(min_length=1, max_length=50)
    """Citation keys or names of works."""
    style: str = Field("bibtex", max_length=30)
    """bibtex, ris, csl-json, apa, ieee or acm."""


class VerifyArguments(Arguments):
    """Arguments of `verify_citation`: a citation, or the parts of one."""

    citation: str = Field("", max_length=50_000)
    """BibTeX, RIS or CSL-JSON of one work or of many; or only a title, a DOI or an arXiv id."""
    title: str = Field("", max_length=1000)
    """The title, where there is no `citation`."""
    authors: list[str] = Field(default=[], max_length=1000)
    """All authors in order, each as `Given Family` or `Family, Given`."""
    year: int | None = Field(None, ge=1000, le=9999)
    """The year."""
    venue: str = Field("", max_length=300)
    """Where it appeared."""
    identifier: str = Field("", max_length=300)
    """A DOI, an arXiv id, or an address that holds one."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool as clients list it."""

    name: str
    title: str
    description: str
    arguments: type[Arguments]


TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "find",
            "Find works",
            "Find works of the knowledge base by words, by facets, or both; best first. "
            "Each has its citation key and the address of its page.",
            FindArguments,
        ),
        Tool(
            "show",
            "Show a work",
            "Read one work: records, topics, what it saves and costs, requirements, summaries, reported "
            "results with their conditions and sources, relations.",
            ShowArguments,
        ),
        Tool(
            "numbers",
            "Reported results",
            "List reported results with conditions and source. They are not ranked: numbers of different "
            "works were mostly measured under different conditions.",
            NumbersArguments,
        ),
        Tool(
            "compare",
            "Compare works",
            "Put two to six works side by side: what they save, cost and need, and the numbers that one "
            "source measured of several of them under the same conditions. null is not known.",
            CompareArguments,
        ),
        Tool(
            "cite",
            "Cite works",
            "Return citations of works, checked by the knowledge base, as BibTeX or in another style.",
            CiteArguments,
        ),
        Tool(
            "verify_citation",
            "Verify a citation",
            "Say whether a citation agrees with what the knowledge base holds, and which fields differ: "
            "title, authors, year, venue, identifiers, pages. A work that is not here is not thereby wrong.",
            VerifyArguments,
        ),
    )
}
"""The tools by name, in the order in which they are listed."""
