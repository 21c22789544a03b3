"""Text that a browser would obey is not taken for text that only looks like it."""

from pathlib import Path

import pytest

from fixture_kb import CONFIG, FACETS, VENUES, Change, configured, copy, replaced, reported
from rekb.checks.files import FORMATTING
from rekb.checks.markup import _active, _looks_active, active
from slowness import is_too_slow

OBEYED = [
    "x<script>alert(1)</script>",
    "<ScRiPt src=//x>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    '" onerror="alert(1)',
    "' onmouseover='x",
    "<meta http-equiv=refresh content=0;url=//x>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=//x>y</a>",
    "javascript:alert(1)",
    "[x](JaVaScRiPt:alert(1))",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "data:text/html,<b>",
    "<base href=//x>",
    "<iframe>",
    "<link rel=stylesheet href=//x>",
    "<form action=//x>",
    "<button formaction=//x>",
    "<style>*{}</style>",
    "<object data=//x>",
    "<details open ontoggle=alert(1)>",
    "<math><maction xlink:href=x>",
    "<input autofocus onfocus=alert(1)>",
    "<body onpageshow=1>",
    "<!--><img src=x>",
    "</title><script>",
    "<x onclick = 1",
    "<svg><animate attributeName=href values=javascript:1>",
    "javascript: alert(1)",
    "vbscript:msgbox",
    "&lt;script&gt;alert(1)",
]
HONEST = [
    "a < b",
    "R&D",
    "vector<T>",
    "Is <b> Bold?",
    "__init__",
    "A | B",
    "[TOC]",
    ":smile:",
    "<T>",
    "JavaScript: The Good Parts",
    "In JavaScript: a survey of f(x) calculus",
    "once = 1",
    "only=1",
    "the <image> token and the <s> token",
    "<img> and </img> tokens",
    "if a <b and c = d> e",
    "x <y on load = 3",
    "Data: text and images",
    "data: text only",
    "onset=3 online=4 onto = 3",
    "List<Map<String, Integer>>",
    "if x<n and source=1",
    "p <.05",
    "Map<K,V> data = new",
    "a<b",
    "style=3",
    "https://x.org/?onload=1",
    "Two lines:\nhttps://x.org/?onload=1",
    "An iframe is not here",
    "Scripts, styles & events: onload",
]


@pytest.mark.parametrize("text", [*OBEYED, "https://x.org/?a=1\nonload=1", "<a b=\nhttps://x.org/\nhref=c>"])
def test_what_a_browser_would_obey_is_found(text: str) -> None:
    assert active(text)
    assert active(f"Words before {text} and after")


@pytest.mark.parametrize("text", HONEST)
def test_signs_and_words_are_welcome(text: str) -> None:
    assert active(text) == ""
    assert not FORMATTING.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "<", "<a", "<a ", "<a href", "<a onload", "on", "onload", "onload ", "<a/on", "data", "data ",
        "javascript ", "javascript: ", "j", "&#", "&lt;", "onanimation", "<a on ",
    ],
)  # fmt: skip
def test_a_long_text_is_searched_in_time_that_grows_with_its_length(text: str) -> None:
    assert not is_too_slow(active, text * (200_000 // len(text)))


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (configured('lead: "<meta http-equiv=refresh content=0>"'), f"{CONFIG}:2:7 active-markup"),
        (replaced(VENUES, "short: JIR", 'short: "<svg onload=x>"'), f"{VENUES}:6:72 active-markup"),
        (replaced(FACETS, "label: Memory", "label: javascript:x"), f"{FACETS}:4:25 active-markup"),
    ],
)
def test_no_data_file_may_hold_it(tmp_path: Path, change: Change, finding: str) -> None:
    assert finding in reported(copy(tmp_path, change))


MORE = [
    "https://x.org/?a=1\nonload=1",
    "<a x=\nhttps://x.org/\nonload=1>",
    "java\nscript:alert(1)",
    "java\u00adscript:alert(1)",
    "java\u017fcript:alert(1)",
    "vb\u200bscript:x",
    "l\u0130vescript:x",
    "DATA:\u00a0 TEXT/HTML,x",
    "data\x01: image/svg",
    "onload\n=\n1",
    "data: application/x-thing",
]


@pytest.mark.parametrize(
    "text", ["a = b", "x: y", "https://example.org/?onload=1", "onload=1\nhttps://a.b/?c=1"]
)
def test_the_quick_look_passes_over_addresses_and_words(text: str) -> None:
    assert _looks_active(f"title: T\n{text}\n") == text.startswith("onload")


@pytest.mark.parametrize("text", [*OBEYED, *MORE])
def test_the_quick_look_passes_nothing_over(text: str) -> None:
    for written in (text, text.upper(), text.lower(), f"title: {text}\n"):
        assert _looks_active(written) or not _active().search(written)
