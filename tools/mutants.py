"""Print random small changes of a package, one line of JSON each: file, line, operator and the changed text.

usage: mutants.py SEED NUMBER FOLDER

cosmic-ray's own Python runs this. A module is drawn by its length and a place in it by chance, so that two
runs with one seed print the same and no module has to be gone through as a whole.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.plugins import get_operator, operator_names

ANNOTATIONS = {"annassign", "tfpdef"}
"""Nodes below which an `|` joins types: a change there is no change of what the code does."""


def main() -> None:
    """Print the changes."""
    seed, number, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    chance = random.Random(seed)  # noqa: S311 - the same each time
    files = sorted(folder.rglob("*.py"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    lengths = [len(text.splitlines()) for text in texts]
    operators = list(known_operators())
    drawn: set[tuple[str, str, int]] = set()
    while len(drawn) < number:
        (at,) = chance.choices(range(len(files)), lengths)
        change = change_of(texts[at], chance, operators)
        if change is None:
            continue
        name, occurrence, line = change
        path = files[at].relative_to(folder).as_posix()
        if (path, name, occurrence) in drawn:
            continue
        drawn.add((path, name, occurrence))
        text = MutationVisitor.mutate_code(texts[at], get_operator(name)(), occurrence)
        if text in (None, texts[at]):  # some operators find a place and change nothing there
            drawn.remove((path, name, occurrence))
            continue
        print(json.dumps({"path": path, "line": line, "operator": name, "text": text}))


def known_operators() -> Iterator[tuple[str, Any]]:
    """Yield the operators that need no arguments, by name."""
    for name in sorted(operator_names()):
        try:
            yield name, get_operator(name)()
        except TypeError:
            continue


def change_of(
    text: str, chance: random.Random, operators: list[tuple[str, Any]]
) -> tuple[str, int, int] | None:
    """Return a change of a module at a place drawn by chance: operator, its turn, and the line."""
    nodes = list(ast_nodes(get_ast(text)))
    places = list(range(len(nodes)))
    chance.shuffle(places)
    for place in places:
        if in_annotation(nodes[place]):
            continue
        fitting = [(name, one) for name, one in operators if list(one.mutation_positions(nodes[place]))]
        if fitting:
            name, one = chance.choice(fitting)
            before = sum(len(list(one.mutation_positions(node))) for node in nodes[:place])
            return name, before, nodes[place].start_pos[0]
    return None


def in_annotation(node: Any) -> bool:
    """Whether a node is part of a type."""
    inner = node
    while node is not None:
        if node.type in ANNOTATIONS:
            return True
        if node.type == "funcdef" and node.annotation is inner:
            return True
        inner, node = node, node.parent
    return False


if __name__ == "__main__":
    main()
