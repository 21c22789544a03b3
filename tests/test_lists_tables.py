"""Tables of works: cells that reach over several rows, columns in other languages. All works are made up."""

import pytest

from rekb.sources.lists.items import Item
from rekb.sources.lists.reading import read_list

A = "https://arxiv.org/abs/1901.05103"
B = "https://night.example.org/bats"
LAMPS = "Lamps That Save Moths: A Field Study"
BATS = "Dark Corridors for Bats"
Row = tuple[str, str, int | None, tuple[str, ...], str | None]
"""Title, venue, year, authors, paper."""
NAMES = ("Ada Berg", "Li Chen")
HEAD = "<tr><th>Year</th><th>Title</th><th>Venue</th><th>Paper</th></tr>"
FULL: Row = (LAMPS, "", 2019, NAMES, A)


def html(*cells: str) -> str:
    return f"<table>{HEAD}{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def link(address: str) -> str:
    return f"<td><a href='{address}'>paper</a></td>"


TABLES: list[tuple[str, str, list[Row]]] = [
    (
        "year over two rows",
        html(
            f"<td rowspan='2'>2019</td><td>{LAMPS}</td><td>ICML</td>{link(A)}",
            f"<td>{BATS}</td><td>KDD</td>{link(B)}",
        ),
        [(LAMPS, "ICML", 2019, (), A), (BATS, "KDD", 2019, (), B)],
    ),
    (
        "venue over two rows, year over one",
        html(
            f"<td>2019</td><td>{LAMPS}</td><td rowspan=2>ICML</td>{link(A)}",
            f"<td>2018</td><td>{BATS}</td>{link(B)}",
        ),
        [(LAMPS, "ICML", 2019, (), A), (BATS, "ICML", 2018, (), B)],
    ),
    (
        "a cell that reaches down ends",
        html(
            f"<td rowspan='2'>2019</td><td>{LAMPS}</td><td>ICML</td>{link(A)}",
            f"<td>{BATS}</td><td>KDD</td>{link(B)}",
            f"<td>2017</td><td>Third of the Works</td><td>ACL</td>{link(B)}",
        ),
        [
            (LAMPS, "ICML", 2019, (), A),
            (BATS, "KDD", 2019, (), B),
            ("Third of the Works", "ACL", 2017, (), B),
        ],
    ),
    (
        "the last column reaches down",
        (
            f"<table><tr><th>Title</th><th>Paper</th><th>Year</th></tr><tr><td>{LAMPS}</td>{link(A)}"
            f"<td rowspan=2>2019</td></tr><tr><td>{BATS}</td>{link(B)}</tr></table>"
        ),
        [(LAMPS, "", 2019, (), A), (BATS, "", 2019, (), B)],
    ),
    (
        "a cell over two columns",
        html(f"<td>2019</td><td colspan='2'>{LAMPS}</td>{link(A)}"),
        [(LAMPS, "", 2019, (), A)],
    ),
    (
        "no number of rows",
        html(f"<td rowspan='99999999999'>2019</td><td>{LAMPS}</td><td>ICML</td>{link(A)}"),
        [(LAMPS, "ICML", 2019, (), A)],
    ),
]
LANGUAGES = {
    "French": "| Titre | Auteurs | Ann\u00e9e | Lien |",
    "French without accents": "| Titre | Auteurs | Annee | Lien |",
    "Spanish": "| T\u00edtulo | Autores | A\u00f1o | Enlace |",
    "Portuguese": "| T\u00edtulo | Autores | Ano | Link |",
    "German": "| Titel | Autoren | Jahr | Link |",
    "Italian": "| Titolo | Autori | Anno | Collegamento |",
    "Japanese": "| \u30bf\u30a4\u30c8\u30eb | \u8457\u8005 | \u5e74 | \u30ea\u30f3\u30af |",
    "Korean": "| \uc81c\ubaa9 | \uc800\uc790 | \uc5f0\ub3c4 | \ub9c1\ud06c |",
    "Russian": (
        "| \u041d\u0430\u0437\u0432\u0430\u043d\u0438\u0435 | \u0410\u0432\u0442\u043e\u0440\u044b "
        "| \u0413\u043e\u0434 | \u0421\u0441\u044b\u043b\u043a\u0430 |"
    ),
    "Chinese": "| \u6807\u9898 | \u4f5c\u8005 | \u5e74\u4efd | \u94fe\u63a5 |",
}


def rows(text: str) -> list[Row]:
    found: list[Row] = []
    for _, item in read_list(f"# L\n\n{text}\n"):
        if isinstance(item, Item):
            found.append((item.title, item.venue, item.year, item.authors, item.paper))
    return found


@pytest.mark.parametrize(("text", "expected"), [(t, r) for _, t, r in TABLES], ids=[n for n, _, _ in TABLES])
def test_cells_that_reach_over_rows_and_columns(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize("head", LANGUAGES.values(), ids=LANGUAGES)
def test_columns_in_other_languages(head: str) -> None:
    assert rows(f"{head}\n|-|-|-|-|\n| {LAMPS} | Ada Berg, Li Chen | 2019 | [pdf]({A}) |") == [FULL]


def test_a_row_of_something_else_with_a_paper_is_named_with_its_line() -> None:
    table = f"| Measure | Meaning | Since |\n|-|-|-|\n| Lux | light on a wall | [see]({A}) |"
    ((line, why),) = read_list(f"# L\n\n{table}\n")
    assert line == 5
    assert "this row names no work: 'Lux | light on a wall | see'" in str(why)
