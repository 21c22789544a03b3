"""Rules on the file itself: its first line, its place, its spelling."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from rekb.checks.registry import Finding, rule
from rekb.diagnostics import Severity
from rekb.document import dotted
from rekb.kb import KnowledgeBase
from rekb.model.keys import key_matches, key_of
from rekb.places import schema_line as expected_line
from rekb.yamlio import strings

_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|\\[a-zA-Z]+\{|\{\\|&(?:amp|lt|gt|quot|nbsp|#\d+);")


@rule("schema-line")
def schema_line(base: KnowledgeBase) -> Iterator[Finding]:
    """The first line names the schema, so that editors complete fields and mark mistakes while one types.

    Example: an entry that begins with `title:`.
    Fix: `rekb fmt` writes the line.
    """
    for file, document in base.documents.items():
        line = expected_line(file)
        if line and document.text.split("\n", 1)[0].rstrip("\r ") != line:
            yield Finding(file, None, "the first line does not name the schema", f"write `{line}`")


@rule("key-mismatch")
def key_mismatch(base: KnowledgeBase) -> Iterator[Finding]:
    """A key that follows from the facts can be guessed, and shows when a fact is wrong.

    Example: `papers/2022/tri2022flash.yaml`
    Fix: name the file family name + first public year + first word of the title, accents dropped; a letter
    (b, c ...) parts two works of one key.
    """
    for key, entry in base.entries.items():
        if not key_matches(key, entry):
            hint = f"rename the file to {entry.year}/{key_of(entry)}.yaml, or mend the fact that is wrong"
            message = f"the key `{key}` does not follow from author, first year and title"
            yield Finding(base.entry_paths[key], None, message, hint)


@rule("wrong-folder")
def wrong_folder(base: KnowledgeBase) -> Iterator[Finding]:
    """The folder is the first public year, so that a work can be found by hand.

    Example: `papers/2023/dao2022flashattention.yaml`
    Fix: move the file to the folder of the year of its oldest record.
    """
    for key, entry in base.entries.items():
        folder = PurePosixPath(base.entry_paths[key]).parent.name
        if folder != str(entry.year):
            message = f"the first public year is {entry.year}, the folder {folder}"
            yield Finding(base.entry_paths[key], None, message, f"move it to papers/{entry.year}/")


@rule("not-normalised")
def not_normalised(base: KnowledgeBase) -> Iterator[Finding]:
    """Text is in the composed form (NFC), so that equal names compare equal.

    Example: `é` written as `e` and a combining accent.
    Fix: `rekb fmt` composes it.
    """
    for file, document in base.documents.items():
        for path, text in strings(document.value, ()):
            if not unicodedata.is_normalized("NFC", text):
                yield Finding(file, path, f"`{dotted(path)}` is not in composed form (NFC)", "run `rekb fmt`")


@rule("markup-in-text", Severity.WARNING)
def markup_in_text(base: KnowledgeBase) -> Iterator[Finding]:
    r"""Text from data files is shown as it stands; tags and LaTeX would be seen as such.

    Example: `title: "<b>FlashAttention</b>"` or `authors: ["Erd{\H o}s, Paul"]`
    Fix: write plain characters.
    """
    for file, document in base.documents.items():
        for path, text in strings(document.value, ()):
            if _MARKUP.search(text):
                yield Finding(file, path, f"`{dotted(path)}` holds markup", "write plain characters")
