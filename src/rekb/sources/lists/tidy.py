"""Titles without the signs around them: emphasis, empty brackets, labels, pictures."""

import re
import unicodedata

from rekb.sources.clean import cleaned
from rekb.sources.lists.pieces import HOLE
from rekb.sources.lists.words import role_of_label

_BESIDE_NAME = re.compile(r"\s*\(@[^()]*\)?\s*\Z")
_EMPTY_BRACKETS = re.compile(r"\[\s*\]|\(\s*\)\s*\Z")
_SIGNS_BEHIND = re.compile(r"[\s\-\u2013\u2014:;,|(\[\uff1a\uff0c]+\Z")
_STOP_BEHIND = re.compile(r"(?<!\.)\.\Z")
_LABEL_BEHIND = re.compile(r"\s*\[\s*([^\W\d_][\w /&-]{1,24})\s*\]\s*\Z")
_NUMBER_BEFORE = re.compile(
    r"\W*(?:arxiv\s*:\s*)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
    r"(?:\]?\s*\[[a-z-]+(?:\.[A-Z]{2})?\])?[\])\s:,.|-]+(?=\S)",
    re.IGNORECASE,
)
"""The number of a preprint before its title, as pages of arXiv are called: ``[2305.00001] Title``."""
_LONGEST_TITLE = 180
"""Letters from which on what looks like a title has a sentence behind it."""
_SENTENCE = re.compile(r"\s[\u2013\u2014-]\s|(?<=[\w)])[.!?;]\s(?=[A-Z])")
_REMARK_IN_CHINESE = re.compile(
    r"(?:[^\s\u4e00-\u9fff]+\s+){2}[^\s\u4e00-\u9fff]+(?P<behind>\s+[\u4e00-\u9fff].*)"
)
"""What is said of a title of another language behind it."""
_OF_PICTURES = frozenset({"So", "Cf", "Mn"})
"""Categories of Unicode: pictures, and the signs that change how they look."""


def tidy(text: str) -> str:
    """Return a title without emphasis, affiliations and the signs that part it from what follows."""
    bare = text.replace(HOLE, " ").replace("**", "")
    if number := _NUMBER_BEFORE.match(bare):
        bare = bare[number.end() :]
    for form in (_BESIDE_NAME, _EMPTY_BRACKETS):
        bare = form.sub("", bare)
    bare = _without_labels(bare)
    bare = _SIGNS_BEHIND.sub("", cleaned(bare))
    bare = _STOP_BEHIND.sub("", bare).strip()
    if bare.startswith(('"', "\u201c")) and bare.endswith(('"', "\u201d")) and bare.count('"') in (0, 2):
        bare = bare.strip('"\u201c\u201d')
    if re.fullmatch(r"\[[^\[\]]+\]", bare):
        bare = bare[1:-1]
    bare = _without_pictures(bare)
    if bare.count("*") % 2:
        bare = bare.strip("*")
    return bare.strip(" `")


def _without_labels(text: str) -> str:
    """Return a title without the labels of links behind it: ``Title [Blog] [Slides]``."""
    bare = text
    while label := _LABEL_BEHIND.search(bare):
        if not role_of_label(re.findall(r"[^\W\d_]+", label[1].lower()), label[1]):
            break
        bare = bare[: label.start()]
    return bare


def without_remark(text: str) -> str:
    """Return a title that nothing sets apart without the sentence, or the Chinese remark, behind it."""
    bare = text
    if len(bare) > _LONGEST_TITLE and (sentence := _SENTENCE.search(bare)):
        bare = bare[: sentence.start()]
    remark = _REMARK_IN_CHINESE.search(bare)
    if remark and not re.search(r"[\u4e00-\u9fff]", bare[: remark.start("behind")]):
        return bare[: remark.start("behind")]
    return bare


def _without_pictures(text: str) -> str:
    """Return a title without the pictures by which lists mark kinds of works."""
    bare = text
    while bare and unicodedata.category(bare[0]) in _OF_PICTURES:
        bare = bare[1:].lstrip()
    return bare
