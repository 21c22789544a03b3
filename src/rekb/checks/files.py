"""Rules on the file itself: its first line, its place, its spelling."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from rekb.checks.registry import Finding, rule
from rekb.checks.texts import lines_by_file
from rekb.diagnostics import Severity
from rekb.hidden import is_ordinary
from rekb.kb import KnowledgeBase
from rekb.loading.layout import schema_line as expected_line
from rekb.model.keys import key_matches, key_of
from rekb.yamlio.document import Path_, dotted
from rekb.yamlio.reader import strings

_SPACES = re.compile(r"\s{2,}")
_SET = "a|b|big|center|code|div|em|font|h[1-6]|i|li|ol|p|s|small|span|strike|strong|su[bp]|t[dhrt]|table|u|ul"
FORMATTING = re.compile(
    rf"</(?:{_SET})\s*>|<[bh]r\s*/?>|</?(?:jats|mml):[^<>]*>|\\[a-zA-Z]+\{{|\{{\\|&(?:amp|lt|gt|quot|nbsp|#\d+);",
    re.IGNORECASE,
)
"""Ends of elements that set text, LaTeX, entities. A lone `<b>` or `vector<T>` is text."""


@rule("schema-line", local=True, fixable=True)
def schema_line(base: KnowledgeBase) -> Iterator[Finding]:
    """The first line names the schema, so that editors complete fields and mark mistakes while one types.

    Example: an entry that begins with `title:`.
    Fix: `rekb fmt` writes the line.
    """
    for file, document in base.documents.items():
        line = expected_line(file)
        # On Windows git ends a line with CR and LF.
        if line and document.text.partition("\n")[0].rstrip("\r ") != line:
            yield Finding(file, None, "the first line does not name the schema", f"write `{line}`")


@rule("key-mismatch", local=True)
def key_mismatch(base: KnowledgeBase) -> Iterator[Finding]:
    """A key that follows from the facts can be guessed, and shows when a fact is wrong.

    Example: `papers/2022/tri2022flash.yaml`
    Fix: name the file family name + first public year + first word of the title, accents dropped; a letter
    (b, c ...) parts two works of one key.
    """
    for key, entry in base.entries.items():
        if not key_matches(key, entry):
            hint = f"rename the file to {entry.year}/{key_of(entry)}.yaml, or correct the fact that is wrong"
            message = f"the key `{key}` does not follow from author, first year and title"
            yield Finding(base.entry_paths[key], None, message, hint)


@rule("wrong-folder", local=True)
def wrong_folder(base: KnowledgeBase) -> Iterator[Finding]:
    """The folder is the first public year, so that a work can be found by hand.

    Example: `papers/2023/dao2022flashattention.yaml`
    Fix: move the file to the folder of the year of its oldest record.
    """
    for key, entry in base.entries.items():
        folder = base.entry_paths[key].split("/")[-2]
        if folder != str(entry.year):
            message = f"the first public year is {entry.year}, the folder {folder}"
            yield Finding(base.entry_paths[key], None, message, f"move it to papers/{entry.year}/")


@rule("not-normalised", local=True, fixable=True)
def not_normalised(base: KnowledgeBase) -> Iterator[Finding]:
    """Text is in the composed form (NFC), so that equal names compare equal.

    Example: `é` written as `e` and a combining accent.
    Fix: `rekb fmt` composes it.
    """
    for file, document in base.documents.items():
        # An escape such as `\u0301` is plain ASCII in the file and an accent in its value.
        if unicodedata.is_normalized("NFC", document.text) and "\\" not in document.text:
            # Where a whole text is in composed form, so is each part of it.
            continue
        for path, text in strings(document.value, ()):
            if not unicodedata.is_normalized("NFC", text):
                yield Finding(file, path, f"`{dotted(path)}` is not in composed form (NFC)", "run `rekb fmt`")


@rule("markup-in-text", Severity.WARNING, local=True)
def markup_in_text(base: KnowledgeBase) -> Iterator[Finding]:
    r"""Text from data files is shown as it stands; tags and LaTeX would be seen as such.

    Example: `title: "<b>FlashAttention</b>"` or `authors: ["Erd{\H o}s, Paul"]`
    Fix: write plain characters.
    """
    for file, document in base.documents.items():
        if not _may_hold_markup(document.text):
            continue
        for path, text in strings(document.value, ()):
            if FORMATTING.search(text):
                yield Finding(file, path, f"`{dotted(path)}` holds markup", "write plain characters")


def _may_hold_markup(text: str) -> bool:
    if "\\" in text:
        return True
    # Each kind of markup has one of these signs, and most files have neither.
    return ("<" in text or "&" in text) and FORMATTING.search(text) is not None


_FREE_TEXTS = frozenset({"title", "name", "scope", "lead", "how", "why", "what", "note", "metric", "setting"})
"""Fields of words that nobody else chose: a `#` in them may be meant as it is."""


@rule("comment-behind-text", Severity.WARNING, local=True)
def comment_behind_text(base: KnowledgeBase) -> Iterator[Finding]:
    """Behind an unquoted text, ` #` begins a comment: what follows is no part of the text.

    Example: `title: Learning C # and others`, whose title is `Learning C`
    Fix: put the whole text in quotes, or write the comment on a line of its own.
    """
    for file, document in base.documents.items():
        if " # " not in document.text:
            continue
        for number, line in enumerate(document.text.split("\n"), start=1):
            column = line.find(" # ") + 1
            if column and _is_free_text(line[:column]):
                message = "what follows ` # ` is read as a comment"
                hint = "put the whole text in quotes, or write the comment on a line of its own"
                # A comment is in no field, so its place is given as line and column.
                yield Finding(file, None, message, hint, at=(number, column + 1))


def _is_free_text(line: str) -> bool:
    """Whether a line is a field of free text with an unquoted value."""
    name, _, value = line.strip().removeprefix("- ").partition(":")
    text = value.strip()
    if name not in _FREE_TEXTS or not text:
        return False
    # Quotes, blocks, lists and mappings keep a `#` or say where they end.
    return not text.startswith(("'", '"', ">", "|", "[", "{"))


def single_spaced(text: str) -> str:
    """Return a line with one space between words and none around it; spaces that do not break are spaces."""
    return _SPACES.sub(" ", text).strip()


def loose_lines(value: Any) -> Iterator[tuple[Path_, str]]:
    """Yield every one-line text inside a file's value that has spaces too many."""
    for path, text in strings(value, ()):
        is_name_of_field = not path or text == path[-1]
        if is_name_of_field or path[0] == "summary" or "\n" in text:
            continue
        if text != single_spaced(text):
            yield path, text


def _is_tight(lines: str) -> bool:
    """Whether no text of a file can have a space too many."""
    # Of all spaces, Python takes only the plain one for printable.
    if not is_ordinary(lines) and not lines.replace("\n", "").isprintable():
        return False
    # A look for two signs takes ten times as long as one for one of them, so most files get one look only.
    if "  " in lines.replace("\n", " ") and ("  " in lines or "\n " in lines or " \n" in lines):
        return False
    return lines == lines.strip(" ")


_PLAIN_SPACE = " \t\r\n"


def loose_edges(value: Any) -> Iterator[tuple[Path_, str]]:
    """Yield every text of a summary with a space at its edge that is not seen, such as a no-break space."""
    for path, text in strings(value, ()):
        # `strip` without signs takes off every space that Unicode has.
        if path and path[0] == "summary" and text != path[-1] and text.strip(_PLAIN_SPACE) != text.strip():
            yield path, text


@rule("surplus-space", Severity.HINT, local=True, fixable=True)
def surplus_space(base: KnowledgeBase) -> Iterator[Finding]:
    """Two spellings that differ in their spaces look alike and compare as different.

    Example: `title: "Attention  is all you need "`; a no-break space before or behind a name
    Fix: leave one space between words, and none around the text.
    """
    lines = lines_by_file(base)
    for file, document in base.documents.items():
        if _is_tight(lines[file]):
            continue
        for path, _ in loose_lines(document.value):
            yield Finding(file, path, f"`{dotted(path)}` has spaces too many", "leave one between words")
        for path, _ in loose_edges(document.value):
            message = f"`{dotted(path)}` begins or ends with a space that cannot be seen"
            yield Finding(file, path, message, "delete it")


_LEFT_OVER = re.compile(r"(?:^|\s)#+\s*(?:TODO|FIXME|XXX)\b[^\n]*", re.MULTILINE)


@rule("todo-left", Severity.WARNING, local=True)
def todo_left(base: KnowledgeBase) -> Iterator[Finding]:
    """A draft marks its blanks; what is shown to readers as complete has none.

    Example: `# TODO: say what it saves or costs` in an entry with summary and checked sources
    Fix: fill the blank and delete the comment.
    """
    drafts = {base.entry_paths[key] for key, entry in base.entries.items() if not entry.is_complete}
    for file, document in base.documents.items():
        if file in drafts or not any(map(document.text.__contains__, ("TODO", "FIXME", "XXX"))):
            continue
        line = 1
        counted = 0
        for match in _LEFT_OVER.finditer(document.text):
            start = match.start() + match[0].index("#")
            # Counted on from the last match: from the beginning each time, a file of many takes for ever.
            line += document.text.count("\n", counted, start)
            counted = start
            column = start - document.text.rfind("\n", 0, start)
            message = f"left to do: {match[0].strip()[:80]}"
            yield Finding(file, None, message, "fill the blank, delete the comment", at=(line, column))
