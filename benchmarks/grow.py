"""A knowledge base of any size from the real one: each work again, with its own key, title and ids.

Usage: python benchmarks/grow.py FOLDER WORKS
"""

import json
import math
import re
import shutil
import sys
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from itertools import islice
from pathlib import Path
from typing import Any

from rekb.edit.format import format_text
from rekb.kb import KnowledgeBase
from rekb.loading.layout import schema_line
from rekb.loading.loader import load
from rekb.loading.places import CONFIG
from rekb.model import Entry
from rekb.model.base import KEY
from rekb.model.keys import base_key

ROOT = Path(__file__).parents[1]
_CITED = re.compile(r"\s?\[@[^\]]*\]")
_KEY = re.compile(rf"@({KEY})")
_IDS = ("arxiv", "doi", "openreview", "acl", "pmlr", "url")
_LAST_WORD = re.compile(r"\S+?([.?!])(?=\s|$)")
_GONE = ("survey", "former_keys", "formerly", "corrections", "exempt")
"""What holds for the real work alone."""


def letters(number: int) -> str:
    """Return a word of its own for each number: ``xa``, ``xb`` and so on."""
    word = ""
    while True:
        word = chr(97 + number % 26) + word
        number //= 26
        if not number:
            return f"x{word}"


def grow(folder: Path, copies: int) -> int:
    """Write a knowledge base of the real works, so many times; return the number of its works."""
    return grow_to(folder, copies * len(list((ROOT / "papers").rglob("*.yaml"))))


def grow_to(folder: Path, works: int) -> int:
    """Write a knowledge base of so many works: the first of the real ones, or all of them and copies."""
    base, _ = load(ROOT)
    folder.mkdir(parents=True)
    for name in ("taxonomy", "docs", "papers"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "rekb.yaml", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    if works < len(base.entries):
        _leave_out(folder, base, frozenset([*base.entries][works:]))
        return works
    values = {key: base.entry_document(key).value for key in base.entries}
    used = {record.get("arxiv") for value in values.values() for record in value["records"]}
    used |= {row.id.removeprefix("arxiv:") for row in base.declined.declined}
    left = works - len(values)
    for number in range(1, math.ceil(works / len(values))):
        few = dict(islice(values.items(), left))
        left -= len(few)
        words = {key: f"{letters(number)}{letters(place)}" for place, key in enumerate(few)}
        keys = {key: _key(base.entries[key], words[key]) for key in few}
        for key, value in few.items():
            changed = copied(value, words[key], keys, used, keys[key])
            year = base.entry_paths[key].split("/")[-2]
            _write(folder, f"papers/{year}/{keys[key]}.yaml", changed)
    return works


def _key(entry: Entry, word: str) -> str:
    return base_key(entry.authors, entry.year, titled(entry.title, word))


def _write(folder: Path, shown: str, value: Any) -> None:
    """Write a data file as people have it: in the canonical form."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    data = f"{schema_line(shown)}\n{text}\n".encode()
    written = format_text(data, shown).text
    (folder / shown).write_text(written or data.decode(), encoding="utf-8")


def _leave_out(folder: Path, base: KnowledgeBase, gone: AbstractSet[str]) -> None:
    """Remove works, and what names them in other files."""
    for key in gone:
        (folder / base.entry_paths[key]).unlink()
    for shown, document in base.documents.items():
        if not (folder / shown).exists():
            continue
        kept = _without(document.value, gone)
        if shown == CONFIG:
            kept.pop("comparisons", None)
        if "reproductions" in kept:
            _keep_claimed(kept)
        if kept != document.value:
            _write(folder, shown, kept)


def _keep_claimed(entry: dict[str, Any]) -> None:
    """Remove what was measured again of a number that went with its baseline."""
    left = {result["id"] for result in entry.get("results", ())}
    entry["reproductions"] = [row for row in entry["reproductions"] if row["result"] in left]
    if not entry["reproductions"]:
        del entry["reproductions"]


def _without(value: Any, gone: AbstractSet[str]) -> Any:
    """Return a value without rows that name works, and without citations of them."""
    if isinstance(value, str):
        return _CITED.sub(lambda found: _cited_less(found[0], gone), value)
    if isinstance(value, list):
        return [_without(part, gone) for part in value if not _names(part, gone)]
    if isinstance(value, dict):
        return {name: _without(part, gone) for name, part in value.items() if not _names(part, gone)}
    return value


def _names(part: Any, gone: AbstractSet[str]) -> bool:
    """Whether a part is the name of one of these works, or a row of which a field names one."""
    if isinstance(part, str):
        return part in gone
    if not isinstance(part, dict):
        return False
    # A model without its card is still a model.
    fields = [inner for name, inner in part.items() if name != "card"]
    return any(_holds(inner, gone) for inner in fields)


def _holds(inner: Any, gone: AbstractSet[str]) -> bool:
    """Whether a field names one of these works, itself or in the parts right below."""
    if isinstance(inner, dict):
        inner = [*inner.values()]
    if not isinstance(inner, list):
        inner = [inner]
    return any(isinstance(one, str) and one in gone for one in inner)


def _cited_less(citation: str, gone: AbstractSet[str]) -> str:
    """Return a citation without the works that are gone; nothing where all are."""
    keys = _KEY.findall(citation)
    left = [key for key in keys if key not in gone]
    if left == keys:
        return citation
    return f" [{'; '.join(f'@{key}' for key in left)}]" if left else ""


def titled(title: str, word: str) -> str:
    """Return a title whose first word is a copy's own, so that its key and its fingerprint are."""
    return f"{word.capitalize()} {title}"


def copied(
    value: Mapping[str, Any], word: str, keys: Mapping[str, str], used: set[Any], key: str
) -> dict[str, Any]:
    """Return the fields of a work's copy; relations stay inside a copy."""
    made = {name: part for name, part in value.items() if name not in _GONE}
    made["title"] = titled(value["title"], word)
    if "name" in made:
        made["name"] += f"-{word}"
    made["records"] = [_record(record, used, f"{key}-{n}") for n, record in enumerate(value["records"])]
    if "summary" in made:
        texts = made["summary"].items()
        # No sentence stands in two works, and no two begin alike.
        summary = {level: _LAST_WORD.sub(rf"{word}\1", text) for level, text in texts}
        made["summary"] = {level: f"{word.capitalize()}-{text}" for level, text in summary.items()}
    if "checked" in made:
        seen = [record["arxiv"] for record in made["records"] if "arxiv" in record]
        pages = [f"https://arxiv.org/abs/{number}" for number in seen]
        made["checked"] = {**made["checked"], "sources": [*made["checked"]["sources"], *pages]}
    ties = [tie for tie in value.get("relations", ()) if tie["entry"] in keys]
    made["relations"] = [{**tie, "entry": keys[tie["entry"]]} for tie in ties]
    made.pop("links", None)
    return {name: part for name, part in made.items() if part not in ([], {})}


def _record(record: Mapping[str, Any], used: set[Any], name: str) -> dict[str, Any]:
    made = {field: part for field, part in record.items() if field not in _IDS}
    arxiv = record.get("arxiv", "")
    if "." in arxiv:
        month, _, digits = arxiv.partition(".")
        number = int(digits)
        while arxiv in used:
            number = (number + 1) % 10 ** len(digits)
            arxiv = f"{month}.{number:0{len(digits)}}"
        used.add(arxiv)
        made["arxiv"] = arxiv
    else:
        made["url"] = f"https://example.org/{name}"
    return made


if __name__ == "__main__":
    print(grow_to(Path(sys.argv[1]), int(sys.argv[2])), "works")
