"""A knowledge base of any size from the real one: each work again, with its own key, title and ids.

Usage: python benchmarks/grow.py FOLDER COPIES
"""

import json
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rekb.loading.loader import load
from rekb.model.keys import base_key

ROOT = Path(__file__).parents[1]
SCHEMA = "# yaml-language-server: $schema=../../docs/schema/entry.json\n"
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
    """Write the knowledge base; return the number of its works."""
    base, _ = load(ROOT)
    folder.mkdir(parents=True)
    for name in ("taxonomy", "docs", "papers"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "rekb.yaml", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    values = {key: base.entry_document(key).value for key in base.entries}
    used = {record.get("arxiv") for value in values.values() for record in value["records"]}
    used |= {row.id.removeprefix("arxiv:") for row in base.declined.declined}
    for number in range(1, copies):
        keys = {key: _key(base.entries[key], letters(number), key) for key in values}
        for key, value in values.items():
            changed = copied(value, letters(number), keys, used, keys[key])
            year = base.entry_paths[key].split("/")[-2]
            file = folder / "papers" / year / f"{keys[key]}.yaml"
            text = json.dumps(changed, ensure_ascii=False, indent=1)
            file.write_text(f"{SCHEMA}{text}\n", encoding="utf-8")
    return copies * len(values)


def _key(entry: Any, word: str, key: str) -> str:
    made = base_key(entry.authors, entry.year, titled(entry.title, word))
    suffix = key[-1] if base_key(entry.authors, entry.year, entry.title) == key[:-1] else ""
    return made + suffix


def titled(title: str, word: str) -> str:
    """Return a title whose first words are a copy's own, so that its key and its fingerprint are."""
    return f"{word.capitalize()}{len(title)} {title}"


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
        own = f"{word}{letters(list(keys.values()).index(key))}"  # no sentence stands in two works
        made["summary"] = {level: _LAST_WORD.sub(rf"{own}\1", text) for level, text in texts}
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
    print(grow(Path(sys.argv[1]), int(sys.argv[2])), "works")
