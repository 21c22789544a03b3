"""Rules on letters that are not what they seem: of another script, in a form of their own, or garbled."""

import re
import unicodedata
from collections.abc import Iterator

from rekb.checks.registry import Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.styled import garbled, plain_letters, styled_letters
from rekb.yamlio.document import Path_, dotted
from rekb.yamlio.reader import strings

_CYRILLIC = {
    "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0443": "y",
    "\u0445": "x", "\u0456": "i", "\u0458": "j", "\u0455": "s", "\u04bb": "h", "\u0501": "d",
    "\u051b": "q", "\u051d": "w", "\u0410": "A", "\u0412": "B", "\u0415": "E", "\u041a": "K",
    "\u041c": "M", "\u041d": "H", "\u041e": "O", "\u0420": "P", "\u0421": "C", "\u0422": "T",
    "\u0423": "Y", "\u0425": "X", "\u0406": "I", "\u0408": "J", "\u0405": "S", "\u0474": "V",
    "\u04ae": "Y", "\u04c0": "I", "\u050c": "G", "\u051a": "Q", "\u051c": "W",
}  # fmt: skip
_GREEK = {
    "\u0391": "A", "\u0392": "B", "\u0395": "E", "\u0396": "Z", "\u0397": "H", "\u0399": "I",
    "\u039a": "K", "\u039c": "M", "\u039d": "N", "\u039f": "O", "\u03a1": "P", "\u03a4": "T",
    "\u03a5": "Y", "\u03a7": "X", "\u03bf": "o", "\u03f2": "c", "\u03f3": "j",
}  # fmt: skip
"""Greek letters that only look Latin; those that formulas use, such as beta and nu, are not here."""
_ALIKE = {**_CYRILLIC, **_GREEK}
_OTHERS = "\u0400-\u04ff\u0531-\u0589\u13a0-\u13fd\uab70-\uabbf\u2c80-\u2cff\ua4d0-\ua4fd"
"""Cyrillic, Armenian, Cherokee, Coptic and Lisu: scripts with letters that look Latin."""
_OTHER = re.compile(f"[{_OTHERS}]")
_SUSPECT = re.compile(f"[{''.join(_ALIKE)}{_OTHERS}]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@rule("look-alike-letter", local=True)
def look_alike_letter(base: KnowledgeBase) -> Iterator[Finding]:
    """A letter of another script inside a Latin word looks right, and nothing that is typed ever finds it.

    Names in their own script are welcome, and so are Greek letters of formulas.

    Example: `name: Fl\u0430shAttention` with the Cyrillic letter that looks like `a`
    Fix: type the letter anew.
    """
    for file, document in base.documents.items():
        # The text of a file shows no letter that is written as an escape (`\u0430`).
        if "\\" not in document.text and not _may_deceive(document.text):
            continue
        for path, text in strings(document.value, ()):
            at = deceiving(text)
            if at is None:
                continue
            word, letter = at
            message = f"`{letter}` in `{word}` of `{dotted(path)}` is U+{ord(letter):04X}, {_named(letter)}"
            yield Finding(file, path, message, _what_to_type(letter))


@rule("styled-letter", Severity.WARNING, local=True, fixable=True)
def styled_letter(base: KnowledgeBase) -> Iterator[Finding]:
    """Copied out of a PDF, `fi` may be one joined sign: it looks right, and nothing that is typed finds it.

    The same holds for bold letters of formulas and for Latin letters of double width.

    Example: `title: Parameter-Ef\ufb01cient Transfer Learning`
    Fix: type the letters; `rekb validate --fix` does it.
    """
    for file, path, text in _beyond_ascii(base):
        found = styled_letters(text)
        if found:
            message = f"`{found}` in `{dotted(path)}` is U+{ord(found[0]):04X}, {_named(found[0])}"
            yield Finding(file, path, message, f"type `{plain_letters(found)}`")


@rule("garbled-text", Severity.WARNING, local=True)
def garbled_text(base: KnowledgeBase) -> Iterator[Finding]:
    """A file that was read in the wrong encoding and saved again shows two or three signs for each letter.

    Example: `authors: ["M\u00c3\u00bcller, Eva"]`, who is `M\u00fcller, Eva`
    Fix: type the letter that was meant.
    """
    for file, path, text in _beyond_ascii(base):
        found = garbled(text)
        if found:
            signs, meant = found
            message = f"`{signs}` in `{dotted(path)}` is `{meant}`, read in the wrong encoding"
            yield Finding(file, path, message, f"type `{meant}`, and look through the rest of the text")


_Text = tuple[str, Path_, str]
"""A text with its file and place."""


def _beyond_ascii(base: KnowledgeBase) -> list[_Text]:
    """Return every text that is more than letters of English, gathered once."""
    found: list[_Text] | None = base.views.get("beyond ASCII")
    if found is None:
        found = list(_gathered(base))
        base.views["beyond ASCII"] = found
    return found


def _gathered(base: KnowledgeBase) -> Iterator[_Text]:
    for file, document in base.documents.items():
        # The text of a file shows no letter that is written as an escape (`\ufb01`).
        if "\\" not in document.text and document.text.isascii():
            continue
        for path, text in strings(document.value, ()):
            if not text.isascii():
                yield file, path, text


def _named(letter: str) -> str:
    return unicodedata.name(letter, "a letter of another script").lower()


def _may_deceive(text: str) -> bool:
    # Of an ASCII text, Python knows that it is one; the pattern goes over it letter by letter.
    return not text.isascii() and _SUSPECT.search(text) is not None


def _what_to_type(letter: str) -> str:
    if letter in _ALIKE:
        return f"type the Latin letter `{_ALIKE[letter]}`"
    return "write the word in one script"


def deceiving(text: str) -> tuple[str, str] | None:
    """Return the first word of a text that holds a letter of another script, and that letter."""
    if not _may_deceive(text) or not _LATIN.search(text):
        return None
    words = _WORD.findall(text)
    scripts = _scripts_of_own(words)
    for word in words:
        foreign = []
        for letter in word:
            if letter in _ALIKE or _OTHER.match(letter):
                foreign.append(letter)
        if foreign and _LATIN.search(word):
            return word, foreign[0]
        # A whole word of look-alikes is a word of its script where the text has others of that script.
        is_all_alike = all(letter in _ALIKE for letter in word)
        if is_all_alike and _script(word[0]) not in scripts:
            return word, word[0]
    return None


def _scripts_of_own(words: list[str]) -> set[str]:
    """Return the scripts of which a text holds words that can be nothing else."""
    scripts: set[str] = set()
    for word in words:
        if not _LATIN.search(word):
            scripts.update(_script(letter) for letter in word if letter not in _ALIKE)
    return scripts


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
