"""Where a rule first asks a cheap question, the answer is that of the question that it stands for."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from rekb.checks.content import SHORT_SENTENCE, _letters, _marks
from rekb.checks.files import _is_tight, single_spaced
from rekb.checks.links import _is_untidy
from rekb.checks.markup import _ADDRESS, _assigns
from rekb.hidden import _suspect, belongs, first_hidden
from rekb.text import (
    _CITATION,
    _SENTENCE_END,
    _split,
    sentence_fingerprint,
    sentence_letters,
    sentences,
    without_citations,
)
from rekb.text import single_spaced as spaced_text

PARTS = [
    *"aB1 .!?\"')]([@;\n-é",
    ". ", ".  ", "e.g. ", "et al. ", '." ', ".) ", "! ", "[@a2020b]", " [@a2020b; @c2021d]", "[@A]",
    "one two", "Four more words here. ",
]  # fmt: skip
prose = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)
tried = settings(max_examples=300, deadline=None, derandomize=True, database=None)
SPACED_CITATION = re.compile(r"(?<!\s)\s*" + _CITATION.pattern)


@tried
@given(prose)
def test_citations_are_left_out_with_the_spaces_before_them(whole: str) -> None:
    assert without_citations(whole) == SPACED_CITATION.sub("", whole)


@tried
@given(prose)
@example("One. . Two. ")
@example("No.2 is out. (It is.) Or v. 2? Yes. e.g. This")
def test_sentences_end_where_the_pattern_says(whole: str) -> None:
    spaced = " ".join(whole.split())
    assert spaced_text(whole) == spaced
    parts = []
    start = 0
    for end in _SENTENCE_END.finditer(spaced):
        parts.append(spaced[start : end.start(1)])
        start = end.end()
    assert _split(spaced) == [*parts, spaced[start:]]


@tried
@given(prose)
@example("A b c d e. A-b, c; d e!")
def test_what_is_compared_of_sentences_holds_all_that_say_enough(whole: str) -> None:
    parts = sentences(whole)
    marks = [sentence_fingerprint(part) for part in parts]
    assert sentence_letters(parts) == [mark.replace(" ", "") for mark in marks]
    assert {mark.replace(" ", "") for _, mark in _marks(whole)} <= {*_letters(whole)}
    assert all(mark.count(" ") + 1 >= SHORT_SENTENCE for _, mark in _marks(whole))


SIGNS = [
    "a", "\n", "\r", "\r\n", "\t", "\x00", "é", "\u0301", "\u200b", "\u200d", "\ufe0f", "\U0001f3f4",
    "\ud800",
    "\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\u0301\u0301\u0301\u0301\u0301",
    "\u0301\u0301a\u0301\u0301\u0301", "\U0001f468", "\u0915\u094d", "\u2764",
]  # fmt: skip


@tried
@given(st.lists(st.sampled_from(SIGNS), max_size=8).map("".join))
@example("a\U0001f3f4b\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f")
def test_what_is_hidden_is_found_as_by_the_pattern_alone(whole: str) -> None:
    expected = None
    for match in _suspect().finditer(whole):
        if not match["flag"] and not belongs(whole, match.start()):
            expected = match.start()
            break
    assert first_hidden(whole) == expected


@tried
@given(st.lists(st.sampled_from(["a", " ", "\n", "\u00a0", "é", "\t"]), max_size=8).map("".join))
def test_a_file_without_a_space_too_many(lines: str) -> None:
    if _is_tight(lines):
        assert all(line == single_spaced(line) for line in lines.split("\n"))


@tried
@given(
    st.lists(
        st.sampled_from(["https://a.org/?b=1", "c", "d = e", "\n", "=", "http://a.org", " "]), max_size=8
    )
)
def test_an_equals_sign_outside_of_addresses(parts: list[str]) -> None:
    lines = "".join(parts)
    expected = any("=" in line and not _ADDRESS.match(line) for line in lines.split("\n"))
    assert _assigns(lines) == expected


def test_an_address_is_cut_off_behind_its_first_letters() -> None:
    assert _is_untidy("s://example.org/?utm_source=feed\nmore")
    assert not _is_untidy("s://example.org/a\nhttps://example.org/?utm_source=feed")
