"""Properties of the canonical form over all files there are and many that were damaged on purpose.

The damage is drawn from a seeded generator, so that every run sees the same files.
"""

import random
import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from fixture_kb import KB
from rekb.edit.comments import SCHEMA_MARK, comments
from rekb.edit.format import composed, format_text
from rekb.yamlio.reader import parse

ROOT = Path(__file__).parents[1]
FILES = [
    (p, p.relative_to(root).as_posix())
    for root in (KB, ROOT)
    for folder in ("papers", "taxonomy")
    for p in sorted((root / folder).rglob("*.yaml"))
]
SAMPLE = random.Random(7).sample(FILES, min(60, len(FILES)))  # noqa: S311 - no secret
REMARKS = (
    "# a remark",
    "#",
    "# colon: and # sign",
    '# "quoted"',
    "# é漢字 – …",
    "#!x",
    "#\ttab-free".replace("\t", " "),
)


def _shuffled(lines: list[str], chance: random.Random) -> list[str]:
    """Put top-level fields in another order, each with what belongs to it."""
    starts = [n for n, line in enumerate(lines) if re.match(r"[a-z_]+:", line)]
    blocks = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    chance.shuffle(blocks)
    return lines[: starts[0]] + [line for block in blocks for line in block]


def _remarked(lines: list[str], chance: random.Random) -> list[str]:
    """Put comments above and behind lines that are no part of folded text."""
    out: list[str] = []
    folded = -1
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent <= folded:
            folded = -1
        if folded < 0 and line.strip() and chance.random() < 0.2:
            out.append(" " * indent + chance.choice(REMARKS))
        if folded < 0 and re.search(r":\s*[>|][-+]?$", line):
            folded = indent
        elif folded < 0 and re.search(r"[\w\]}\"]$", line) and chance.random() < 0.2:
            line += "  " + chance.choice(REMARKS)  # noqa: PLW2901 - the line as it is kept
        out.append(line)
    return out


def _decomposed(lines: list[str], chance: random.Random) -> list[str]:
    table = {ord(c): unicodedata.normalize("NFD", c) for c in "éöüñ"}
    return [line.translate(table) if chance.random() < 0.5 else line for line in lines]


def _respaced(lines: list[str], chance: random.Random) -> list[str]:
    """Add blank lines between top-level fields, spaces at line ends, and spaces inside brackets."""
    out: list[str] = []
    for line in lines:
        if re.match(r"[a-z_]+:", line) and chance.random() < 0.3:
            out.append("")
        changed = re.sub(r"\{(?=[a-z_]+: )", "{  ", line) if "{" in line and '"' not in line else line
        out.append(changed)
    return out


def _requoted(lines: list[str], chance: random.Random) -> list[str]:
    """Write plain words of lists in quotes of one kind or the other."""
    mark = chance.choice("'\"")
    return [re.sub(r"^(\s*- )([a-z][a-z/-]+)$", rf"\1{mark}\2{mark}", line) for line in lines]


def _refolded(lines: list[str], chance: random.Random) -> list[str]:
    """Break folded text at other places."""
    out: list[str] = []
    folded = -1
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent <= folded:
            folded = -1
        words = line.split(" ")
        if (
            folded >= 0
            and line.strip()
            and chance.random() < 0.5
            and len(line.split()) > 4
            and "  " not in line.strip()
        ):
            middle = len(words) - 2
            out += [" ".join(words[:middle]), " " * indent + " ".join(words[middle:])]
            continue
        if line.rstrip().endswith(": >-"):
            folded = indent
        out.append(line)
    return out


DAMAGE = (_shuffled, _remarked, _decomposed, _respaced, _requoted, _refolded)


def damaged(text: str, seed: int) -> str:
    """Return a text that says the same in another style, comments added."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    lines = text.split("\n")
    for damage in chance.sample(DAMAGE, chance.randint(1, len(DAMAGE))):
        lines = damage(lines, chance)
    text = "\n".join(lines)
    return text.replace("\n", "\r\n") if chance.random() < 0.2 else text


def remarks(text: str) -> list[str]:
    """Return all comments of a text but the line that names the schema, sorted."""
    return sorted(c.text for c in comments(text) if not c.text.startswith(SCHEMA_MARK))


@pytest.mark.parametrize(("file", "shown"), SAMPLE, ids=[shown for _, shown in SAMPLE])
def test_formatting_changes_style_only(file: Path, shown: str) -> None:
    canonical = file.read_text(encoding="utf-8")
    different = 0
    for seed in range(8):
        text = damaged(canonical, seed)
        before = parse(text.encode(), shown)
        assert before.document is not None
        assert before.diagnostics == ()
        result = format_text(text.encode(), shown)
        assert result.text is not None, result.faults
        after = parse(result.text.encode(), shown)
        assert after.document is not None
        assert after.document.value == composed(before.document.value, ())
        assert remarks(result.text) == remarks(text)
        assert format_text(result.text.encode(), shown).text == result.text
        assert yaml.safe_load(result.text).keys() == after.document.value.keys()
        different += text != result.text
    assert different >= 4


def test_without_comments_the_form_is_the_one_it_had() -> None:
    tried = 0
    for file, shown in SAMPLE[:20]:
        canonical = file.read_text(encoding="utf-8")
        if remarks(canonical):
            continue
        for seed in range(4):
            lines = canonical.split("\n")
            for damage in (_shuffled, _respaced, _requoted, _refolded):
                lines = damage(lines, random.Random(seed))  # noqa: S311 - no secret
            assert format_text("\n".join(lines).encode(), shown).text == canonical
            tried += 1
    assert tried >= 40
