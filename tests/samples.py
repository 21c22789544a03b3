"""Small knowledge bases for tests: built in memory through the strict reader and the models, as files are."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rekb.kb import KnowledgeBase
from rekb.kb.base import facet_values, tree_order
from rekb.model import Entry, FacetFile, Topic, Venue
from rekb.yamlio.reader import Document, parse

VENUES: tuple[dict[str, str], ...] = (
    {"id": "arxiv", "name": "arXiv", "short": "arXiv", "kind": "preprint", "url": "https://arxiv.org/"},
    {"id": "csur", "name": "ACM Computing Surveys", "short": "CSUR", "kind": "journal", "publisher": "ACM"},
    {"id": "github", "name": "GitHub", "short": "GitHub", "kind": "web", "url": "https://github.com/"},
    {"id": "icml", "name": "International Conference on Machine Learning", "short": "ICML",
     "kind": "conference"},
    {"id": "icml-workshops", "name": "ICML Workshops", "short": "ICML W", "kind": "workshop"},
    {"id": "neurips", "name": "Advances in Neural Information Processing Systems", "short": "NeurIPS",
     "kind": "conference", "publisher": "Curran Associates", "address": "Red Hook, NY, USA"},
    {"id": "handbook", "name": "Handbook of Things & More", "short": "HTM", "kind": "book",
     "publisher": "Press"},
    {"id": "tech-report", "name": "Technical report", "short": "Technical report", "kind": "report"},
    {"id": "web", "name": "Web page", "short": "Web", "kind": "web"},
)  # fmt: skip
FACETS: dict[str, tuple[str, ...]] = {
    "resource": ("memory", "latency", "quality"),
    "phase": ("training", "inference"),
    "requirement": ("fine-tuning", "custom-kernel"),
    "hardware": ("datacenter-gpu", "mobile"),
    "modality": ("language", "vision"),
}
TOPICS: dict[str, dict[str, Any]] = {
    "systems": {"title": "Systems", "order": 2, "scope": "Machines."},
    "systems/serving": {"title": "Serving & [more]", "order": 1, "scope": "Answering requests."},
    "architectures": {"title": "Architectures", "order": 1, "scope": "Networks."},
    "architectures/attention": {
        "title": "Attention",
        "order": 1,
        "scope": "Attention.",
        "survey": {"section": "3.1"},
    },
}
ARXIV = {"venue": "arxiv", "year": 2022, "month": 5, "arxiv": "2205.14135"}
HOSTILE = (
    "50% } of \\ { <script>alert(1)</script> & $x$ #1 a_b ~c ^d @article{x, \t"
    "é ř ñ ö Đ 李 \u201cq\u201d -- ''"
)
"""Every sign that some format gives a meaning to."""


def document(value: Any, shown: str) -> Document:
    """Return `value` as read from a file; JSON is YAML."""
    reading = parse(json.dumps(value, ensure_ascii=False).encode(), shown)
    assert reading.document is not None, reading.diagnostics
    assert not reading.diagnostics, reading.diagnostics
    return reading.document


def fields(**changes: Any) -> dict[str, Any]:
    """Return the fields of an entry: a short complete one with `changes`; `None` takes a field away."""
    base = {
        "title": "FlashThing: Fast Attention with IO-Awareness",
        "kind": "paper",
        "authors": ["Dao, Tri", "Ré, Christopher"],
        "records": [ARXIV],
        "topics": ["architectures/attention"],
        "added": "2026-11-24",
    }
    return {name: value for name, value in (base | changes).items() if value is not None}


def entry(**changes: Any) -> Entry:
    """Return one entry; see `fields`."""
    return Entry.model_validate(document(fields(**changes), "papers/2022/dao2022flashthing.yaml").value)


def venues() -> dict[str, Venue]:
    """Return the sample venues by id."""
    return {venue["id"]: Venue.model_validate(venue) for venue in VENUES}


def knowledge_base(entries: Mapping[str, dict[str, Any]]) -> KnowledgeBase:
    """Return a knowledge base of these entries, by key, with the sample topics, facets and venues."""
    files = {f"papers/{key}.yaml": document(entries[key], f"papers/{key}.yaml") for key in sorted(entries)}
    nodes = {f"taxonomy/topics/{name}.yaml": document(TOPICS[name], name) for name in TOPICS}
    words = {
        facet: [{"id": word, "label": word, "description": word} for word in FACETS[facet]]
        for facet in FACETS
    }
    topics = {name: Topic.model_validate(nodes[f"taxonomy/topics/{name}.yaml"].value) for name in TOPICS}
    return KnowledgeBase(
        entries={key: Entry.model_validate(files[f"papers/{key}.yaml"].value) for key in sorted(entries)},
        topics=tree_order(topics),
        facets=facet_values(FacetFile.model_validate(words)),
        venues=venues(),
        documents={**files, **nodes},
        entry_paths={key: f"papers/{key}.yaml" for key in sorted(entries)},
        topic_paths={name: f"taxonomy/topics/{name}.yaml" for name in TOPICS},
    )


def names(count: int) -> list[str]:
    """Return `count` authors: ``Name01, A.`` and so on."""
    return [f"Name{n:02}, A." for n in range(1, count + 1)]


def effects(*words: str) -> list[dict[str, str]]:
    """Return effects written as ``saves memory inference``."""
    parts: Sequence[list[str]] = [word.split() for word in words]
    return [{"change": c, "resource": r, "phase": p, "how": "does less"} for c, r, p in parts]


ENTRIES: dict[str, dict[str, Any]] = {
    "dao2022flashthing": fields(
        name="FlashThing",
        authors=["Dao, Tri", "van den Oord, Aäron", "King, Jr., Martin Luther"],
        records=[ARXIV, {"venue": "neurips", "year": 2022, "volume": "35", "pages": "16344-16359"}],
        effects=effects("saves memory inference", "costs latency training"),
        requires=["custom-kernel"],
        hardware=["datacenter-gpu"],
        modalities=["language", "vision"],
        links={"code": {"url": "https://github.com/a_b/c%20d", "official": True}},
        summary={"expert": "Tiles of Érdi.\n\nMore.", "practitioner": '=Use it, "now".', "plain": "Squares."},
        results=[{"id": "speed-up", "metric": "speed-up", "value": 3, "upper": 4.5, "unit": "x",
                  "source": {"record": "arxiv", "kind": "abstract"}}],
        relations=[{"type": "builds-on", "entry": "openai2023gptx"}],
    ),
    "hostile2021x": fields(
        title=HOSTILE,
        name="=cmd|' /C calc'!A0",
        authors=["Đặng-Nguyễn, Řehoř", "Smith and Sons, Ann",
                 {"group": "R&D {Group}, 50% and more"}, "李, 伟"],
        records=[{"venue": "csur", "year": 2021, "month": 3, "volume": "54", "issue": "2", "pages": "1-38",
                  "doi": "10.1002/(SICI)1097_#%25;2-X", "url": "https://example.org/a_b?q=50%25&x=#y"}],
        topics=["systems/serving", "architectures/attention"],
        effects=effects("saves latency inference"),
        requires=[],
    ),
    "openai2023gptx": fields(
        title="GPT-X Technical Report", kind="report", authors=[{"group": "OpenAI"}],
        records=[{"venue": "tech-report", "year": 2023, "url": "https://example.org/gptx.pdf"}],
        topics=["systems/serving"],
        model={"variants": [{"name": "GPT-X 7B", "parameters": 7_000_000_000, "layers": 32, "sources": [
            {"where": "Table 1", "url": "https://example.org/gptx", "fields": ["parameters", "layers"]}]}]},
        checked={"on": "2026-11-25"},
    ),
    "plato2020blog": fields(
        title="Why a post?", kind="post", authors=[{"mononym": "Plato"}],
        records=[{"venue": "web", "year": 2020, "month": 12, "url": "https://example.org/why"}],
        topics=["systems/serving"],
        effects=effects("saves memory training"),
    ),
    "team2024tool": fields(
        title="Tool", kind="software", authors=[{"group": "Tool Team"}],
        records=[{"venue": "github", "year": 2024, "url": "https://github.com/tool/tool"}],
        topics=["systems/serving"],
        hardware=["mobile"],
    ),
    "chapter2019book": fields(
        title="\u03b1-Things of Œuvre", authors=["Chapter, Jean-Paul M."],
        records=[{"venue": "handbook", "year": 2019, "pages": "7"}],
    ),
}  # fmt: skip


def sample_base() -> KnowledgeBase:
    """Return the knowledge base of all sample entries."""
    return knowledge_base(ENTRIES)
