"""A knowledge base whose every text field takes its text from a function: hostile once, harmless once."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from hostile_texts import HOSTILE
from rekb.loading.layout import SCHEMAS
from rekb.model.facet_table import FACETS
from rekb.model.watch import CandidateFile

ROOT = Path(__file__).parents[1]
EACH = 6
"""Payloads in a field."""
WORKS = -(-len(HOSTILE) // EACH)
"""Works, topics, venues ... of a base: so many that each field has had every payload."""
_SCHEMA = "# yaml-language-server: $schema="
_PLACES = {
    payload: place for place, payload in enumerate(sorted(HOSTILE, key=lambda text: f"{text} ".lstrip()))
}
"""Payload to a number that sorts as it does: lists have one order in both bases."""
_LINE = 400
_PERSON = 110
Text = Callable[[str, int], str]
"""Returns the text of a field, by its name and the number of the work, topic or venue."""
PUBLISHED = "https://hit.invalid/?a=1&b=%3Cscript%3E&quot;onload=hit()"
"""A link may hold these signs; nobody may ask for it but by a click."""


class Texts:
    """Hands out payloads, so that over all works each field gets each; notes which fields asked."""

    def __init__(self, *, harmless: bool = False) -> None:
        self.harmless = harmless
        self.fields: dict[str, int] = {}

    def __call__(
        self, field: str, number: int, *, most: int = _LINE, each: int = EACH, between: str = " "
    ) -> str:
        """Return the text of a field: words by which it is known, then payloads."""
        turn = self.fields.setdefault(field, len(self.fields))
        first = f"W{number:02} words of {field.partition('.')[2].replace('_', ' ')}"
        if self.harmless:
            return between.join((first, *("harmless" for _ in range(each))))
        at = (number * each + turn * 7) % len(HOSTILE)
        chosen = [HOSTILE[(at + more) % len(HOSTILE)] for more in range(each)]
        text = between.join((first, *chosen))
        assert len(text) <= most, (field, len(text))
        return text

    def lead(self, field: str, number: int) -> str:
        """Return a text that begins with a payload, for places where the first sign decides."""
        text = self(field, number)
        turn = self.fields[field]
        payload = HOSTILE[(number + turn * 7) % len(HOSTILE)]
        if self.harmless:
            return f"{_PLACES[payload]:03} {text}"
        return f"{payload} {text}"[:_LINE].strip()

    def short(self, field: str, number: int) -> str:
        """Return a text of twenty signs at most, for places that take no more: its number, then a payload."""
        turn = self.fields.setdefault(field, len(self.fields))
        if self.harmless:
            return f"{number} harmless"
        return f"{number} {HOSTILE[(number * EACH + turn * 7) % len(HOSTILE)]}"[:20].strip()

    def people(self, number: int) -> list[Any]:
        """Return authors of all three kinds, a payload in each part of a name."""
        found: list[Any] = []
        for more in range(EACH):
            family, given = (
                self(f"Entry.authors {part}", number * EACH + more, each=1).replace(",", ";")[:58].strip()
                for part in ("family", "given")
            )
            found.append(f"{family}, {given}")
        group, mononym = self("Group.group", number), self("Mononym.mononym", number)
        return [*found, {"group": group}, {"mononym": mononym}]


def write(root: Path, text: Texts) -> None:
    """Write the knowledge base."""
    root.mkdir(parents=True)
    (root / "docs").mkdir()
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config["nav"] = [part for part in config["nav"] if "Learn" not in part and "About" not in part]
    config["nav"] += [{"Learn": "learn/index.md"}, {"Changes": "changes/index.md"}]
    config |= {"site_name": text("Site.name", 0), "site_description": text("Site.description", 0)}
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    _put(root, "rekb.yaml", "config", settings(text))
    _put(root, "taxonomy/facets.yaml", "facets", facets(text))
    _put(root, "taxonomy/venues.yaml", "venues", {"venues": [venue(text, n) for n in range(WORKS)]})
    (root / "taxonomy" / "candidates.json").write_text(json.dumps({"candidates": candidates(text)}))
    _put(root, "taxonomy/metrics.yaml", "metrics", metrics(text))
    models = [shaped(text), *(model(text, n) for n in range(WORKS))]
    _put(root, "taxonomy/models.yaml", "models", {"models": models})
    _put(root, "taxonomy/devices.yaml", "devices", {"devices": [device(text, n) for n in range(WORKS)]})
    _put(root, "taxonomy/combines.yaml", "combines", combines(text))
    _put(root, "taxonomy/declined.yaml", "declined", declined(text))
    _put(root, "taxonomy/paths.yaml", "paths", {"paths": [path(text, n) for n in range(WORKS)]})
    for name in ("first", "second"):
        _put(root, f"taxonomy/topics/{name}/_topic.yaml", "topic", topic(text, 0))
    for number in range(WORKS):
        _put(root, f"taxonomy/topics/first/t{number:02}.yaml", "topic", topic(text, number))
        _put(root, f"papers/2022/{key(number)}.yaml", "entry", entry(text, number))


def arxiv(number: int) -> str:
    """Return the number at arXiv of a work."""
    return f"2101.{number + 1:05}"


def key(number: int) -> str:
    """Return the citation key of a work."""
    return f"w{2022}a{number:02}"


def _put(root: Path, path: str, schema: str, value: dict[str, Any]) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    up = "../" * path.count("/")
    file.write_text(f"{_SCHEMA}{up}docs/schema/{schema}.json\n{json.dumps(value)}\n", encoding="utf-8")


def settings(text: Texts) -> dict[str, Any]:
    """Return rekb.yaml."""
    bounds = {"fewest": 1, "most": 900}
    levels: dict[str, dict[str, Any]] = {}
    for number, name in enumerate(("plain", "more", "most")):
        levels[name] = {f: text(f"Level.{f}", number) for f in ("label", "audience", "row")}
        levels[name] |= {"entry": bounds, "topic": bounds}
    facet = {}
    for number, name in enumerate((*FACETS, "own")):
        facet[name] = {f: text(f"FacetText.{f}", number) for f in ("title", "help", "nothing", "question")}
    questions = []
    presets = []
    comparisons = []
    for number in range(WORKS):
        question: dict[str, Any] = {f: text(f"Question.{f}", number) for f in ("title", "why", "group")}
        questions.append(question | {"state": {"saves": [f"r{number % 8}"]}})
        preset: dict[str, Any] = {f: text(f"Preset.{f}", number) for f in ("title", "why")}
        presets.append(preset | {"state": {"saves": [f"r{number % 8}"]}})
        pair = [key(number), key((number + 1) % WORKS)]
        comparisons.append({"title": text("Comparison.title", number), "papers": pair})
    return {
        "lead": text.lead("Config.lead", 0),
        "survey": {"title": text("SurveyList.title", 0), "rows": WORKS, "url": PUBLISHED},
        "licence": {"name": text("Licence.name", 0), "url": PUBLISHED},
        "levels": levels,
        "facets": facet,
        "questions": questions,
        "presets": presets,
        "comparisons": comparisons,
        "watch": {
            "lists": [
                {
                    "id": f"l{number}",
                    "title": text("WatchedFile.title", number),
                    "url": PUBLISHED,
                    "within": [text("WatchedFile.within", number)],
                }
                for number in range(8)
            ],
            "arxiv": {
                "categories": [text("WatchedArchive.categories", 0)],
                "words": [text("WatchedArchive.words", 0)],
            },
        },
    }


def facets(text: Texts) -> dict[str, Any]:
    """Return taxonomy/facets.yaml: forty words of the built-in vocabularies, and those of an own one."""
    found: dict[str, Any] = {}
    for at, vocabulary in enumerate(("resource", "phase", "requirement", "hardware", "modality", "own")):
        found[vocabulary] = [
            {
                "id": f"{vocabulary[0]}{number}",
                "label": text.lead("FacetValue.label", at * 8 + number),
                "description": text("FacetValue.description", at * 8 + number),
            }
            for number in range(WORKS if vocabulary == "own" else 8)
        ]
    return found


def metrics(text: Texts) -> dict[str, Any]:
    """Return taxonomy/metrics.yaml."""
    units = []
    found = []
    for number in range(WORKS):
        unit: dict[str, Any] = {"id": text.short("Unit.id", number), "dimension": "time", "factor": 1}
        unit |= {"label": text("Unit.label", number), "aliases": [text("Unit.aliases", number)]}
        units.append(unit)
        metric: dict[str, Any] = {"id": f"metric{number}", "better": "more", "kind": "absolute"}
        metric |= {"resource": f"r{number % 8}", "phase": f"p{number % 8}"}
        metric |= {"label": text("Metric.label", number), "aliases": [text("Metric.aliases", number)]}
        found.append(metric)
    return {"units": units, "metrics": found}


def model(text: Texts, number: int) -> dict[str, Any]:
    """Return a model that results name."""
    found: dict[str, Any] = {f: text(f"KnownModel.{f}", number) for f in ("label", "family", "maker")}
    found |= {"aliases": [text("KnownModel.aliases", number)], "parameters": 10**9, "source": PUBLISHED}
    card = {"entry": key(number), "variant": text("CardPlace.variant", number)}
    return {"id": f"model{number}", **found, "card": card}


def shaped(text: Texts) -> dict[str, Any]:
    """Return a model whose shape is found: questions of reading paths have an answer of it."""
    found: dict[str, Any] = {f: text(f"KnownModel.{f}", WORKS) for f in ("label", "family", "maker")}
    found |= {"parameters": 10**9, "source": PUBLISHED}
    return {"id": "shaped", **found, "card": {"entry": key(0), "variant": text("Variant.name", 0)}}


def path(text: Texts, number: int) -> dict[str, Any]:
    """Return a reading path through three works."""
    found: dict[str, Any] = {f: text(f"ReadingPath.{f}", number) for f in ("title", "goal", "whom")}
    found |= {"id": f"path{number}", "topic": f"first/t{number:02}", "level": "beginner"}
    steps = [key((number + more) % WORKS) for more in range(3)]
    found["steps"] = [{"entry": step, "why": text("PathStep.why", number)} for step in steps]
    question = {"asks": "weights", "of": {"model": "shaped"}, "so": text("PathQuestion.so", number)}
    return found | {"questions": [question]}


def device(text: Texts, number: int) -> dict[str, Any]:
    """Return a device that results name."""
    found: dict[str, Any] = {f: text(f"Device.{f}", number) for f in ("label", "maker")}
    found |= {"aliases": [text("Device.aliases", number)], "bandwidth": 100, "source": PUBLISHED}
    text.short("Amount.unit", number)
    memory = {"value": 24, "unit": text.short("Unit.id", number)}
    return {"id": f"device{number}", "kind": f"h{number % 8}", **found, "memory": memory}


def combines(text: Texts) -> dict[str, Any]:
    """Return taxonomy/combines.yaml: pairs of topics, said by a runtime and by a paper."""
    sources = []
    rows = []
    for number in range(WORKS):
        source: dict[str, Any] = {
            f: text(f"CombinesSource.{f}", number) for f in ("runtime", "version", "what", "only_on")
        }
        sources.append({"id": f"s{number}", **source, "url": PUBLISHED, "on": "2026-11-23"})
        pair = [f"first/t{number:02}", f"first/t{(number + 1) % WORKS:02}"]
        said = {"note": text("Combination.note", number), "where": text("Combination.where", number)}
        rows.append({"pair": pair, "verdict": "works", "source": f"s{number}", **said})
        rows.append({"pair": pair, "verdict": "conflicts", "paper": key(number), **said})
    parts = [{"part": f"first/t{n:02}", "short": text("MatrixPart.short", n)} for n in range(9)]
    matrix = {"id": "m", "title": text("Matrix.title", 0), "parts": parts}
    return {"sources": sources, "matrices": [matrix], "combines": rows}


def candidates(text: Texts) -> list[dict[str, Any]]:
    """Return what watched lists name, none of it entered."""
    found = []
    for number in range(WORKS):
        one: dict[str, Any] = {"id": f"arxiv:2205.{number:05}", "lists": ["l0", "l1"], "seen": "2026-11-23"}
        one |= {"title": text("Candidate.title", number), "tried": text("Candidate.tried", number)}
        found.append(one)
    return found


def declined(text: Texts) -> dict[str, Any]:
    """Return works that do not belong here, with the reasons."""
    reasons = [{"id": "a", "text": text("Reason.text", 0)}]
    works = []
    for number in range(WORKS):
        one: dict[str, Any] = {"id": f"arxiv:2206.{number:05}", "because": "a", "on": "2026-11-23"}
        one |= {"title": text("Declined.title", number), "note": text("Declined.note", number)}
        works.append(one)
    return {"reasons": reasons, "declined": works}


def venue(text: Texts, number: int) -> dict[str, Any]:
    """Return a venue."""
    return {
        "id": f"v{number}",
        "name": text.lead("Venue.name", number),
        "short": text.lead("Venue.short", number),
        "kind": ("conference", "journal", "book", "workshop")[number % 4],
        "publisher": text("Venue.publisher", number),
        "address": text("Venue.address", number),
        "url": PUBLISHED,
        "accepts": [text("Venue.accepts", number)],
    }


def topic(text: Texts, number: int) -> dict[str, Any]:
    """Return a topic: two levels are Markdown."""
    return {
        "title": text.lead("Topic.title", number),
        "order": number + 1,
        "survey": {"section": "3.1", "also_called": [text("TopicSurvey.also_called", number)]},
        "scope": text.lead("Topic.scope", number),
        "summary": {
            "plain": text("TopicSummary.plain", number, most=4000, each=20, between="\n\n"),
            "more": text("TopicSummary.more", number, most=4000, each=20, between="\n\n"),
            "most": text("TopicSummary.most", number, most=4000, each=20, between="\n"),
        },
    }


def number_of(text: Texts, number: int) -> dict[str, Any]:
    """Return a reported result with every field filled."""
    read = {"url": PUBLISHED, "kind": "page", "number": text.short("Source.number", number)}
    read |= {"row": text("Source.row", number), "where": text("Source.where", number), "read_in": PUBLISHED}
    result: dict[str, Any] = {"id": "number", "value": 2, "upper": 3, "source": read}
    # A work's own model is another one for each work, so that two works never share a number of it.
    other = (number + 2) % WORKS
    result |= {"metric": f"metric{number}", "model": f"model{other}", "device": f"device{number}"}
    result |= {"baseline_entry": key(other), "baseline_value": 4}
    text.fields.setdefault("Result.unit", len(text.fields))
    result["unit"] = text.short("Unit.id", number)
    for field in ("wording", "baseline", "model_wording", "hardware", "setting", "measured_by"):
        result[field] = text(f"Result.{field}", number)
    return result


def entry(text: Texts, number: int) -> dict[str, Any]:
    """Return a work with every field filled."""
    others = [key((number + step) % WORKS) for step in (1, 2)]
    record = {"venue": f"v{number}", "year": 2022, "month": 5, "url": PUBLISHED, "doi": "10.99999/<b>;(x)&lt"}
    record["arxiv"] = arxiv(number)
    for field in ("title", "volume", "issue", "article", "book", "publisher", "note"):
        record[field] = text(f"Record.{field}", number)
    result = number_of(text, number)
    results = [result]
    if number % 2:
        # The page of what was measured shows only numbers that two works share.
        results.append(number_of(text, number - 1) | {"id": "shared", "value": 1})
    again: dict[str, Any] = {"result": "number", "outcome": "differs", "value": 5, "on": "2026-11-23"}
    text.fields.setdefault("Reproduction.unit", len(text.fields))
    again |= {"unit": result["unit"], "why": text("Reproduction.why", number), "source": result["source"]}
    figures = {"parameters": 10**9, "layers": 2, "hidden_size": 64, "attention_heads": 4, "kv_heads": 2}
    source = {"fields": list(figures), "where": text("FigureSource.where", number), "url": PUBLISHED}
    return {
        "title": text.lead("Entry.title", number),
        "name": text("Entry.name", number),
        "kind": "paper",
        "authors": text.people(number),
        "records": [record],
        "links": {"code": {"url": PUBLISHED, "official": True}, "project": PUBLISHED, "docs": PUBLISHED},
        "topics": [f"first/t{number:02}"],
        "survey": {"rows": [number + 1], "note": text("Survey.note", number)},
        "effects": [
            {
                "resource": f"r{number % 8}",
                "phase": f"p{number % 8}",
                "change": change,
                "how": text("Effect.how", number),
            }
            for change in ("saves", "costs")
        ],
        "requires": [f"r{number % 8}"],
        "hardware": [f"h{number % 8}"],
        "modalities": [f"m{number % 8}"],
        "tags": {"own": [f"o{number}"]},
        "summary": {
            level: text(f"Summary.{level}", number, most=4000, each=20, between="\n\n")
            for level in ("plain", "more", "most")
        },
        "aliases": [text("Entry.aliases", number)],
        "results": results,
        "reproductions": [again],
        "relations": [
            {"type": "builds-on", "entry": others[0]},
            {"type": "competes-with", "entry": others[1]},
        ],
        "model": {"variants": [{"name": text("Variant.name", number), **figures, "sources": [source]}]},
        "added": "2026-11-23",
        "checked": {
            "on": "2026-11-23",
            "sources": [PUBLISHED],
            "facts": [{"fields": ["arxiv", "authors"], "url": PUBLISHED}],
            "unconfirmed": [text("Checked.unconfirmed", number)],
        },
        "corrections": [{"on": "2026-11-23", "what": text("Correction.what", number)}],
        "exempt": [{"rule": "key-mismatch", "reason": text("Exemption.reason", number)}],
    }


def free_fields() -> set[str]:
    """Return every field of every kind of data file that takes any text, as ``Model.field``."""
    found: set[str] = set()
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [*SCHEMAS, CandidateFile]
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            written = f"{field.annotation!r} {field.metadata!r}"
            waiting.extend(_models_in(field.annotation))
            takes_text = re.search(r"\bstr\b", written) and "StringConstraints" in written
            if takes_text and "pattern='" not in written and not re.search("_link|_work_id", written):
                found.add(f"{model.__name__}.{name}")
    return found


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inner = getattr(annotation, "__args__", ())
    return [model for one in inner for model in _models_in(one)]
