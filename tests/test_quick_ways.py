"""Where an ordinary text goes a quick way, the way for all texts gives the same."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

from rekb.citation import latex
from rekb.site import asmarkdown
from rekb.site.parts import prose
from rekb.site.themetext import printed

NEVER = re.compile("(?!)")
PARTS = [
    *"aBé19.:;,()'\"%=+-/ \n",
    "\n\n", "  ", "[@a2020b]", "[@a2020b; @c2021d]:", "1. ", "# ", "wiki", "–", "[TOC]", "*a*", "---",
    "&", "<b>", "_",
]  # fmt: skip
mixed = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)
tried = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def cite(key: str) -> tuple[str, str]:
    return f'{key} & "<b>"', f'../{key}/?a&b="'


def without(module: object, name: str, make: Callable[[], object]) -> object:
    """Return what is made where no text goes the quick way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, NEVER)
        return make()


@tried
@given(mixed)
def test_overviews(text: str) -> None:
    assert prose.overview(text, cite) == without(prose, "ORDINARY", lambda: prose.overview(text, cite))


@pytest.mark.parametrize("text", ["A word\nand [@a2020b].", "A.\n\nB: 1.5 % (c); d's", "\nÉ [@a2020b; @c]\n"])
def test_ordinary_overviews_go_the_quick_way(text: str) -> None:
    assert prose.ORDINARY.fullmatch(text)


@tried
@given(st.text(alphabet="aZ0 .,:;'-=%_$&#\\{}~^é\u0301\u03b1\u03b2\n\x00", max_size=12))
def test_latex(text: str) -> None:
    assert latex.latex(text) == without(latex, "_SAFE", lambda: latex.latex(text))


@tried
@given(st.text(alphabet="ab_1- ", max_size=12), st.text(alphabet="aAb1", min_size=1, max_size=3))
def test_names_in_titles(text: str, name: str) -> None:
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    assert latex.own_name(text, name) == [found.span() for found in pattern.finditer(text)]


values = st.one_of(mixed, st.sampled_from(["no", "x/", "1", ""]), st.booleans(), st.none())
names = st.sampled_from(["a", "no", "x y", "1"])
mappings = st.dictionaries(names, values, max_size=3)


@tried
@given(
    st.dictionaries(st.sampled_from(["a", "no", "x y"]), st.one_of(values, st.lists(mappings)), max_size=3)
)
def test_settings(value: dict[str, object]) -> None:
    assert asmarkdown.settings_text(value) == asmarkdown.dumped(value)


@pytest.mark.parametrize("value", ["a b", "<a>&'\"", "", 3, None, Markup("<b>"), Markup("a")])
def test_what_is_printed(value: object) -> None:
    assert printed(value) == str(escape(value))
