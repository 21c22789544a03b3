"""Lines of authors with a name that is written oddly, and names beside venues. All people are made up."""

import pytest

from rekb.sources.lists.items import Item
from rekb.sources.lists.people import names_in
from rekb.sources.lists.reading import read_list
from rekb.sources.ris import read_ris
from rekb.sources.work import FoundWork

A = "https://arxiv.org/abs/1901.05103"
LAMPS = "Lamps That Save Moths: A Field Study"
TWO = ("Ada Berg", "Li Chen")
ALL = "et al."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # A particle that ends a name is its family name.
        ("Ada Di, Li Chen", ("Ada Di", "Li Chen")),
        ("Ada Berg, Chao Du", ("Ada Berg", "Chao Du")),
        ("Vito Di Massa, Li Chen", ("Vito Di Massa", "Li Chen")),
        ("Night-based DA", ()),
        # A comma too much inside a name.
        ("Ada Berg, Li Chen, Olga, Ek", (*TWO, "Olga Ek")),
        # Signs that are no part of a name.
        ("Ada Berg, Li Chen}", TWO),
        ("Ada Berg, Li Ch\u00aden", TWO),
        ("Ada Berg, \u200bLi Chen", TWO),
        # One that cannot be read is left out, and said to be so.
        ("Ada Berg, Li Chen, Olga Ek, J\u00f8rn", (*TWO, "Olga Ek", ALL)),
        ("Ada Berg, Li Chen, Olga Ek, 3x@lamps", (*TWO, "Olga Ek", ALL)),
        ("MothNet-AI, Ada Berg, Li Chen, Olga Ek", (*TWO, "Olga Ek", ALL)),
        ("Ada Berg, Li Chen, Olga Ek, Nils Dahl, Emil Fall, li wong",
         (*TWO, "Olga Ek", "Nils Dahl", "Emil Fall", ALL)),
        # These are no names, whatever some of them look like.
        ("Night Lamps, Moth Graphs, Dark Sky, large models", ()),
        ("Ada Berg, bats, moths, lamps", ()),
        ("Ada Berg, Li Chen, Olga Ek, who all looked at lamps in towns", ()),
    ],
)  # fmt: skip
def test_one_odd_name_drops_no_other(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text, 1) == names


@pytest.mark.parametrize(
    "behind",
    [
        " \u2014 *Ada Berg, Li Chen* \u00b7 `CVPR'18` \u00b7",
        " \u2014 Ada Berg, Li Chen \u00b7 CVPR 2018 \u00b7",
        " *Ada Berg, Li Chen* CVPR 2018",
        " *Ada Berg, Li Chen*. CVPR 2018.",
        ". Ada Berg and Li Chen / CVPR 2018",
        " \u2014 Ada Berg, Li Chen \u2014 CVPR 2018",
        " | Ada Berg, Li Chen | CVPR 2018 |",
    ],
)
def test_names_before_a_venue_are_authors(behind: str) -> None:
    ((_, item),) = read_list(f"# L\n\n- **{LAMPS}**{behind} [p]({A})\n")
    assert isinstance(item, Item)
    assert (item.title, item.authors, item.venue, item.year) == (LAMPS, TWO, "CVPR", 2018)


@pytest.mark.parametrize(
    ("tags", "venue", "also"),
    [
        (
            "JO  - J. Night Anim.\nJF  - Journal of Night Animals",
            "Journal of Night Animals",
            ("J. Night Anim",),
        ),
        (
            "JF  - J. Night Anim.\nJO  - Journal of Night Animals",
            "Journal of Night Animals",
            ("J. Night Anim",),
        ),
        ("JO  - Night Anim\nJF  - Journal of Night Animals", "Journal of Night Animals", ("Night Anim",)),
        ("JO  - J. Night Anim.", "J. Night Anim", ()),
        ("T2  - Lamps, Vol. 3\nJ2  - Lamps", "Lamps, Vol. 3", ("Lamps",)),
    ],
)
def test_a_journal_of_ris_has_its_full_name(tags: str, venue: str, also: tuple[str, ...]) -> None:
    text = f"TY  - JOUR\nTI  - {LAMPS}\nAU  - Berg, Ada\nPY  - 2020\n{tags}\nER  -\n"
    ((_, work),) = read_ris(text)
    assert isinstance(work, FoundWork)
    (appearance,) = work.appearances
    assert (appearance.venue.rstrip("."), tuple(name.rstrip(".") for name in appearance.also)) == (
        venue,
        also,
    )
