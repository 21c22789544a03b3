"""A comparison as it leaves the page: no spreadsheet runs it, no Markdown or LaTeX reads markup in it."""

import csv
import io

import pytest

from in_node import in_node
from rekb.text import without_formula
from samples import HOSTILE


def left(form: str, *cells: str) -> str:
    """Return a comparison of as many works as there are cells, in a form."""
    table = {
        "keys": [f"moth202{number}tile" for number in range(len(cells))],
        "names": [f"Tile {number}" for number in range(len(cells))],
        "rows": [{"label": "Gains", "cells": cells}],
    }
    given = {"form": form, "table": table}
    return str(in_node(["forms.js"], "return rekb.forms[given.form](given.table);", given))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", " =x", "\tx", "plain", "a \x00=b", HOSTILE])
def test_csv_has_the_guard_of_the_exports(cell: str) -> None:
    text = left("csv", cell, 'say "a, b"')
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows == [
        ["", "Tile 0", "Tile 1"],
        ["Citation key", "moth2020tile", "moth2021tile"],
        ["Gains", without_formula(cell), 'say "a, b"'],
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("a | b", "a &#124; b"),
        ("<b>x</b>", "&#60;b&#62;x&#60;/b&#62;"),
        ("*x* _y_ `z`", r"\*x\* \_y\_ \`z\`"),
        ("two\nlines", "two lines"),
        ("AT&T &amp; R&D", "AT&#38;T &#38;amp; R&#38;D"),
    ],
)
def test_markdown_shows_text_as_it_is(cell: str, written: str) -> None:
    assert left("markdown", cell).splitlines() == [
        "|  | Tile 0 |",
        "| --- | --- |",
        f"| **Gains** | {written} |",
        "| **Citation key** | `moth2020tile` |",
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("50% & $x$ #1 a_b", r"50\% \& \$x\$ \#1 a\_b"),
        (r"\input{x} ~ ^", r"{\textbackslash}input\{x\} {\textasciitilde} {\textasciicircum}"),
        ("↓ memory, 2× “fast” – a<b", r"$\downarrow$ memory, 2$\times$ ``fast'' -- a{\textless}b"),
        ("two\nlines", "two lines"),
        ("14\xa0GB", "14~GB"),
    ],
)
def test_latex_cites_each_work_and_escapes_the_rest(cell: str, written: str) -> None:
    assert left("latex", cell, "x").splitlines() == [
        r"\begin{tabular}{*{3}{p{0.28\linewidth}}}",
        r"  \hline",
        r"   & Tile 0~\cite{moth2020tile} & Tile 1~\cite{moth2021tile} \\",
        r"  \hline",
        rf"  Gains & {written} & x \\",
        r"  \hline",
        r"\end{tabular}",
    ]
