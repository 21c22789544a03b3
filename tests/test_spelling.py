"""Letters without accents and slugs, as keys, ids, searches, suggestions and addresses have them."""

import pytest

from rekb.intake.new_topics import _slug as topic_slug
from rekb.intake.new_venues import _free as venue_id
from rekb.kb.results import result_id
from rekb.kb.words import fold
from rekb.meant import did_you_mean
from rekb.model.keys import base_key, title_fingerprint
from rekb.scaffold.plan import name_in_address
from rekb.spelling import slug_of, without_accents


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Plain 1", "Plain 1"),
        ("Érdi", "Erdi"),
        ("E\N{COMBINING ACUTE ACCENT}rdi", "Erdi"),
        ("Bjørn Øst", "Bjorn Ost"),
        # The letter below its accent is none with an accent.
        ("Sk\N{LATIN SMALL LETTER O WITH STROKE AND ACUTE}t", "Skot"),
        ("Straße", "Strasse"),
        ("Æther Œuvre Þór Łódź Đặng", "Aether Oeuvre Thor Lodz Dang"),
        ("d\N{LATIN SMALL LETTER DOTLESS I}l", "dil"),
        ("e\N{LATIN SMALL LIGATURE FFI}cient", "efficient"),
        ("效率", "效率"),
    ],
)
def test_letters_without_accents(text: str, bare: str) -> None:
    assert without_accents(text) == bare
    # `rise` is written with a z in searches.
    assert fold(text) == bare.lower().replace("is", "iz").replace("ys", "yz")


@pytest.mark.parametrize(
    ("text", "longest", "slug"),
    [
        ("Efficient  Attention!", 0, "efficient-attention"),
        ("--Ünder_score--", 0, "under-score"),
        ("效率", 0, ""),
        ("one two three", 13, "one-two-three"),
        ("one two three", 12, "one-two"),
        ("one two three", 7, "one-two"),
        ("one two three", 8, "one-two"),
        ("onetwothree", 6, "onetwo"),
    ],
)
def test_a_slug_ends_with_a_whole_word(text: str, longest: int, slug: str) -> None:
    assert slug_of(text, longest) == slug


LONG = "a name of many words that goes on and on until it is longer than any id"


def test_all_ids_are_made_alike() -> None:
    cut = "a-name-of-many-words-that-goes-on-and-on-until-it-is-longer"
    assert topic_slug(LONG) == result_id({"wording": LONG}, ()) == cut
    assert venue_id(LONG, set()) == "a-name-of-many-words-that-goes-on-and-on"
    assert topic_slug("3. R&D für KI") == "r-and-d-fur-ki"
    assert (topic_slug("2024"), venue_id("效率", set()), result_id({"wording": "效率"}, ())) == (
        "",
        "venue",
        "result",
    )
    assert venue_id("Night Lamps", {"night-lamps", "night-lamps-2"}) == "night-lamps-3"
    assert (name_in_address("Überblick_KI"), name_in_address("效率")) == ("uberblick-ki", "survey")


def test_a_title_keeps_its_letters_where_a_key_is_typed() -> None:
    assert title_fingerprint("The Ørsted—effect") == "theørstedeffect"
    assert base_key(("Ørsted, A",), 1820, "The Ørsted effect") == "orsted1820orsted"
    assert did_you_mean("orsted", ["ørsted-effect", "other"]) == "did you mean `ørsted-effect`?"
