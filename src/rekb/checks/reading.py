"""What `rekb explain` prints about the rules of reading a file: the door, the shape, the place of a file.

These are not checked here: `yamlio` and `loading` report them while they read. A test holds that every
name they use is in this text.
"""

from collections.abc import Iterator
from dataclasses import replace

from rekb.checks.registry import NEEDLESS, Rule, explained
from rekb.diagnostics import Severity

_TEXT = r"""
unreadable-file
    A data file is an ordinary file that can be opened; pipes, devices and locked files are not.
    Example: A named pipe called `x.yaml`.
    Fix: Put a plain YAML file there and let it be read.

bad-candidates
    What watched lists name is recorded by a command, and must be what that command writes.
    Example: A row of `taxonomy/candidates.json` without `id`.
    Fix: Let `rekb watch --record` write the file anew, or restore it from version control.

symbolic-link
    Links are not followed: they could lead out of the knowledge base, and no other machine has them.
    Example: `papers/2022` as a link to another folder.
    Fix: Put the file or folder itself there.

file-too-large
    Entries are 4 to 12 kB; a file of more than 256 kB is a mistake or an attack.
    Example: A whole abstract collection in one file.
    Fix: Shorten the texts.

byte-order-mark
    The mark is invisible, and tools disagree on what it means.
    Example: A file saved as 'UTF-8 with BOM'.
    Fix: Save it as UTF-8 without a byte order mark.

not-utf8
    All data files are UTF-8, so that names read the same everywhere.
    Example: `Ré` saved in Latin-1.
    Fix: Save the file as UTF-8.

hidden-character
    Characters that cannot be seen, or that turn the writing direction, make text lie. Joiners inside Persian
    and Indic words and inside emoji are welcome.
    Example: A zero-width space inside a name; `"\e[31m"`.
    Fix: Delete the character that the message names.

conflict-marker
    Where git could not merge two versions of a part, it writes both and marks them; somebody has to choose.
    Example: A line that begins with `<<<<<<<`, `=======` or `>>>>>>>`.
    Fix: Keep one of the two versions and delete the lines of the marks.

comment-in-text
    Behind an unquoted text, ` #` begins a comment: the text would be cut off without a word.
    Example: `title: Learning C #1`, whose title would be `Learning C`.
    Fix: Put the whole text in quotes; where it is a comment, put a space behind the `#`.

yaml-syntax
    The file must be YAML before anything else can be said about it.
    Example: `title: GPT: a model` without quotes.
    Fix: Follow the hint; most often a text needs double quotes.

yaml-alias
    An alias repeats a value that stands elsewhere; a short file could grow without bound.
    Example: `authors: *same`
    Fix: Write the value out.

yaml-anchor
    An anchor has no use without aliases, and those are refused.
    Example: `authors: &same [..]`
    Fix: Remove the `&name`.

yaml-tag
    A tag would change a value's type; the field decides that.
    Example: `year: !!str 2022`
    Fix: Remove the tag.

yaml-merge-key
    Merge keys hide where a field comes from.
    Example: `<<: *defaults`
    Fix: Write the fields out.

yaml-directive
    A directive changes how the rest is read; every data file is read alike.
    Example: `%YAML 1.1`
    Fix: Remove the line.

several-documents
    One file is one document, so that a path names one work.
    Example: A second `---` in the file.
    Fix: Move the second document to a file of its own.

duplicate-key
    When a field stands twice, most tools silently drop one of the two.
    Example: `name: A` and further down `name: B`.
    Fix: Keep one of the two.

key-not-text
    A field has a name; numbers, true, null and lists are none.
    Example: `2022: arxiv`
    Fix: Write `name: value`.

not-a-number
    Values are finite numbers that every program can hold.
    Example: `value: .inf` or a whole number of 30 digits.
    Fix: Write the number, quote it if it is text, or leave the field out.

nested-too-deep
    An entry needs five levels of nesting; deep nesting only serves to crash readers.
    Example: `[[[[[[[[[[[[[...`
    Fix: Write the entry like its neighbours.

too-many-faults
    After a hundred findings the rest of a file's report helps nobody; how many more there are is said.
    Example: A file of aliases; a list of thousands of misspelt words.
    Fix: Correct those that are shown and look again, or start from a neighbouring file.

too-many-values
    An entry has some hundred values; tens of thousands only serve to keep readers busy.
    Example: A list of 100,000 numbers.
    Fix: Put each work into a file of its own.

empty-file
    A file without content states nothing.
    Example: A file of comments only.
    Fix: Write it, or delete the file.

empty-field
    A field without a value looks like one that was forgotten.
    Example: `name:` with nothing behind it.
    Fix: Write the value, or leave the field out.

missing-field
    Without it the entry cannot be shown or cited.
    Example: An entry without `title`.
    Fix: Add the field.

unknown-field
    A field that nothing reads is a slip of the pen, and its fact would be lost.
    Example: `autors: [..]`
    Fix: Write the field as the message says.

unknown-word
    The field takes one of a few words.
    Example: `kind: article`
    Fix: Write one of the words in the message.

wrong-form
    Names, identifiers, words and numbers have one form, so that equal things compare equal.
    Example: `authors: [Tri Dao]`, `arxiv: arXiv:2205.14135v2`, `year: 0x7E6`
    Fix: Write it in the form that the hint shows.

wrong-type
    The field takes another kind of value.
    Example: `year: "2022"` or `official: yes`
    Fix: Write text, number, list, true or false as the hint says; quotes make text.

empty-text
    An empty text says nothing.
    Example: `note: ""`
    Fix: Write it, or leave the field out.

empty-list
    This list names at least one thing.
    Example: `authors: []`
    Fix: Name it, or leave the field out where it may be.

too-long
    Long texts belong into the summary; a line is read at a glance.
    Example: A title of 500 characters.
    Fix: Shorten it.

out-of-range
    The number cannot be right.
    Example: `month: 13`; `upper` below `value`.
    Fix: Look the number up again.

bad-link
    A link is a web address that can be opened safely, or it is none.
    Example: `javascript:alert(1)`, `www.example.org`
    Fix: Write http:// or https:// and a host, without spaces and quotes.

bad-date
    A date is a day of the calendar.
    Example: `added: 2026-02-30`, `added: 24.11.2026`
    Fix: Write YYYY-MM-DD.

incomplete-authors
    Every author is named; a citation needs them all.
    Example: `- et al.` as the last author.
    Fix: List every author in order.

figure-without-source
    Every figure of a model card can be followed to where it was read.
    Example: `layers: 32` that no source's `fields` name.
    Fix: Name the figure in the `fields` of its source, or take it out.

result-without-source
    A number without its place in the paper cannot be checked.
    Example: A result with metric and value only.
    Fix: Add `source: {where: Table 2, url: ...}`, or take the result out.

stray-file
    Everything below papers/ and taxonomy/ is data; any other file would be overlooked.
    Example: `papers/2022/notes.txt`, `papers/2022/Dao2022.yml`
    Fix: Rename it as the hint says, or move it out.

duplicate-file
    A key or topic has one file.
    Example: `papers/2021/x2021y.yaml` and `papers/2022/x2021y.yaml`.
    Fix: Keep the one in the right place.

topic-too-deep
    A tree of eight levels is deeper than anyone will go; pages of hundreds of levels cannot be built.
    Example: A folder in a folder in a folder ..., nine times.
    Fix: Put the topic's works higher up.

topic-without-parent
    The tree has no holes: each topic hangs on the one above it.
    Example: `topics/a/b.yaml` without `topics/a/_topic.yaml`.
    Fix: Write the file of the topic above.
"""
"""A name, and below it, indented, what the docstring of a check holds."""


_FIXABLE = ("wrong-form", "missing-field")


def _rules() -> Iterator[Rule]:
    for paragraph in _TEXT.strip().split("\n\n"):
        name, _, text = paragraph.partition("\n")
        yield replace(explained(name, Severity.ERROR, text), fixable=name in _FIXABLE)


READING_RULES: dict[str, Rule] = {rule.name: rule for rule in (*_rules(), NEEDLESS)}
"""Every rule that is not checked on a knowledge base, by name."""
