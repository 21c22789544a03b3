"""Names: read from entries, inverted, cut to initials."""

import pytest

from rekb.citation.names import Name, initials, name_of, one_line
from rekb.model.entry import Author, Group, Mononym


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Tri", "T."),
        ("Daniel Y.", "D. Y."),
        ("Jean-Paul", "J.-P."),
        ("Jean\u2010Paul M.", "J.-P. M."),
        ("J.K.", "J. K."),
        ("D.-A.", "D.-A."),
        ("Émile", "É."),
        ("E\u0301mile", "É."),
        ("Q\u0301uinn", "Q\u0301."),
        ("'Abd", "A."),
        ("伟", "伟"),
        ("Иван", "И."),
        ("A. - B.", "A. B."),
        ("", ""),
        ("-", ""),
    ],
)
def test_initials(given: str, expected: str) -> None:
    assert initials(given) == expected


@pytest.mark.parametrize(
    ("author", "expected", "natural", "sorted_"),
    [
        ("Dao, Tri", Name("Dao", "Tri"), "Tri Dao", "Dao, Tri"),
        ("van den Oord, Aaron", Name("van den Oord", "Aaron"), "Aaron van den Oord", "van den Oord, Aaron"),
        ("King, Jr., Martin", Name("King", "Martin", "Jr."), "Martin King Jr.", "King, Jr., Martin"),
        (Group(group="Meta, Inc."), Name("Meta, Inc.", group=True), "Meta, Inc.", "Meta, Inc."),
        (Mononym(mononym="Plato"), Name("Plato"), "Plato", "Plato"),
    ],
)
def test_name_of(author: Author, expected: Name, natural: str, sorted_: str) -> None:
    name = name_of(author)
    assert (name, name.natural, name.sorted) == (expected, natural, sorted_)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", "a b"),
        ("a\u2028b\x85c", "a b c"),
        (" a\t\r b ", "a b"),
        ("a\x00b\x1b", "ab"),
        ("a\xa0b", "a b"),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected
