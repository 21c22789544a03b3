"""Words by which lists call links, columns and headings, in English and Chinese."""

import re
from collections.abc import Iterable

from rekb.model.hosts import MODEL_HOSTS, REPOSITORY_HOSTS
from rekb.model.scheme import host_of

_PAPER_TEXT = (
    "paper papers pdf url arxiv link links abs doi openreview html publication article preprint acl "
    "here version book chapter biorxiv medrxiv hal conference journal camera ready long short full "
    "text download"
)
_PAPER = frozenset(_PAPER_TEXT.split())
_CODE_TEXT = (
    "code codes github repo repository implementation source official gitlab pytorch tensorflow "
    "keras jax huggingface git"
)
_CODE = frozenset(_CODE_TEXT.split())
_PROJECT_TEXT = "project website home page homepage site homepages web"
_PROJECT = frozenset(_PROJECT_TEXT.split())
_OTHER_TEXT = (
    "slides slide video videos demo tweet twitter dataset datasets data model models weights "
    "poster talk bibtex bib supplementary supplement supp appendix note notes tutorial youtube colab "
    "notebook review reviews summary zhihu docs doc documentation presentation checkpoint "
    "checkpoints media news benchmark leaderboard star stars citation cite x thread tool package "
    "unofficial podcast"
)
_OTHER = frozenset(_OTHER_TEXT.split())
_NOUNS_OF_A_PAPER = frozenset({"paper", "article", "preprint"})
"""Words that make a label that of a paper, whatever comes before them: ``Review paper``."""
_LANGUAGES_TEXT = (
    "python r java julia matlab c cpp rust go scala javascript typescript ocaml haskell lua ruby swift "
    "kotlin stata octave fortran perl"
)
_LANGUAGES = frozenset(_LANGUAGES_TEXT.split())
_BLANK = re.compile(r"\W*(?:n\W?a|none|null|tba|tbd|tbc|todo|unknown|not available)?\W*", re.IGNORECASE)
_POST = frozenset({"blog", "blogpost", "post"})
_IN_ORDER = (("code", _CODE), ("project", _PROJECT), ("other", _OTHER), ("post", _POST))
"""Roles and their words; of several in one label the first counts."""
_ANY = _PAPER | _CODE | _PROJECT | _OTHER | _POST
_FILLERS = frozenset({"the", "and", "of", "our", "a", "for", "in", "on", "with", "to"})
_LONGEST_CHINESE_LABEL = 8
"""Signs up to which words of Chinese can be a label; what is longer is a title."""
_CHINESE = {
    "\u4ee3\u7801": "code", "\u6e90\u7801": "code", "\u4ed3\u5e93": "code",
    "\u4e3b\u9875": "project", "\u9879\u76ee": "project", "\u5b98\u7f51": "project",
    "\u6570\u636e": "other", "\u89c6\u9891": "other", "\u535a\u5ba2": "other", "\u89e3\u8bfb": "other",
    "\u6a21\u578b": "other", "\u77e5\u4e4e": "other", "\u7b80\u4ecb": "other", "\u6f14\u793a": "other",
    "\u8bba\u6587": "paper", "\u539f\u6587": "paper", "\u94fe\u63a5": "link", "\u5730\u5740": "link",
}  # fmt: skip
"""Code, source, repository; home page, project, site; data, video, blog ..; paper; link, address."""
_LABELS_TEXT = (
    "author authors publisher venue conference journal keyword keywords code dataset datasets paper "
    "pdf link links date year project page website tldr abstract summary note notes published "
    "affiliation institute institution tags tag topic topics github arxiv doi url demo blog video "
    "slides method methods contribution highlights type published_in comment comments model models "
    "task tasks description organization citation status title benchmark benchmarks"
)
_LABELS = frozenset(_LABELS_TEXT.split())
_CHINESE_LABELS = (
    "\u4f5c\u8005", "\u673a\u6784", "\u5355\u4f4d", "\u5173\u952e\u8bcd", "\u65f6\u95f4",
    "\u65e5\u671f", "\u4f1a\u8bae", "\u671f\u520a", "\u6458\u8981",
    "\u4ecb\u7ecd", *_CHINESE,
)  # fmt: skip
_NAVIGATION = re.compile(
    r"(?:table of )?contents?|toc|news|updates?|what'?s new|latest (?:news|updates?)|recent (?:news|updates?)"
    r"|change ?log|contribut\w*.*|how to contribute.*|citations?|citing.*|cite\b.*|how to cite.*|bibtex"
    r"|licen[cs]e|acknowledge?ments?|star history|quick links?|contacts?|contact us|announcements?"
    r"|maintainers?|(?:research )?(?:groups|labs|laboratories)"
    r"|stars?|authors?|todo(?: list)?|full list|navigation|index|overview of (?:the )?repo\w*"
    r"|introduction of (?:the )?repo\w*"
    r"|(?:\u76ee\u5f55|\u66f4\u65b0|\u65b0\u95fb|\u8d21\u732e|\u5f15\u7528|\u81f4\u8c22|\u8054\u7cfb).{0,6}",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\W*(?:news|updates?|announcements?|\u65b0\u95fb|\u66f4\u65b0)\W*[:\uff1a!]", re.IGNORECASE
)
_DATE_WORDS_TEXT = (
    "before since until after in year paper papers of from published and to or earlier later late "
    "early older newer prior through now present january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec q1 q2 q3 "
    "q4"
)
_DATE_WORDS = frozenset(_DATE_WORDS_TEXT.split())


def role_of_label(words: Iterable[str], label: str = "") -> str:
    """Return what a label says of its link, or nothing.

    Args:
        words: its words, in lower case.
        label: the label, for words of Chinese, which has no spaces.

    Returns:
        ``paper``, ``code``, ``project``, ``post``, ``other``, ``link`` or an empty text.
    """
    if in_chinese := _role_in_chinese(label):
        return in_chinese
    known = frozenset(words) - _FILLERS
    # One other word makes it a name: `Code Moth` labels no link.
    if not known or not known <= _ANY:
        return ""
    last = re.findall(r"[^\W\d_]+", label.lower())[-1:]
    if _NOUNS_OF_A_PAPER.intersection(last):
        return "paper"
    for role, of_role in _IN_ORDER:
        if known & of_role:
            return role
    return "paper"


def is_language(label: str) -> bool:
    """Whether a label is a programming language, as lists call a link to its code: ``Python``, ``C++``."""
    words = re.findall(r"[^\W\d_]+", label.lower())
    return bool(words) and set(words) <= _LANGUAGES | {"code"}


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing: ``N/A``, ``-``."""
    return bool(_BLANK.fullmatch(text))


def _role_in_chinese(label: str) -> str:
    """Return the role that a short label of Chinese names."""
    if len(label.strip()) > _LONGEST_CHINESE_LABEL:
        return ""
    for sign, role in _CHINESE.items():
        if sign in label:
            return role
    return ""


def role_of_address(address: str) -> str:
    """Return what the host of an address says of it: ``code``, ``other``, ``paper`` or nothing."""
    # A text that is no address has no host.
    host = host_of(address)
    # GitHub serves the site of a repository or its owner at `owner.github.io`.
    if host in REPOSITORY_HOSTS or host.endswith(".github.io"):
        if host in REPOSITORY_HOSTS:
            return "code"
        return "project"
    if host in MODEL_HOSTS:
        return "other"
    return ""


def is_file_of_a_paper(address: str) -> bool:
    """Whether an address is that of a paper kept beside the list: ``papers/lamps.pdf``."""
    if re.match(r"[a-z][a-z0-9+.-]*:|//|#", address, re.IGNORECASE):
        return False
    return bool(re.search(r"\.(?:pdf|ps|ps\.gz|djvu|epub)\Z", address, re.IGNORECASE))


def is_label(text: str) -> bool:
    """Whether a text begins with a label of a fact: ``Keywords: ...``."""
    match = re.match(r"\W*([^\W\d_][^:\uff1a\n]{0,24}?)\s*[*_]*\s*[:\uff1a]", text)
    if not match:
        return False
    words = re.findall(r"[^\W\d_]+", match[1].lower())
    is_english = bool(words) and set(words) <= _LABELS | _ANY | _FILLERS
    if is_english:
        return True
    for sign in _CHINESE_LABELS:
        if sign in match[1]:
            return True
    return False


def label_of(text: str) -> str:
    """Return the label that a text begins with, in lower case, or nothing."""
    if is_label(text):
        return re.split(r"[:\uff1a]", text.strip(" *_-"), maxsplit=1)[0].strip(" *_").lower()
    return ""


def is_news(text: str) -> bool:
    """Whether a line announces something: ``News: our survey was accepted``."""
    return bool(_NEWS.match(text))


def is_navigation(heading: str) -> bool:
    """Whether what is under a heading is no work: contents, news, thanks."""
    return bool(_NAVIGATION.fullmatch(re.sub(r"[^\w\s'\u4e00-\u9fff]+", " ", heading).strip()))


def is_date(heading: str) -> bool:
    """Whether a heading is a year, a month or a day: ``2024``, ``Before 2024``, ``March 2024``."""
    has_year = False
    for word in re.findall(r"\w+", heading.lower()):
        if re.fullmatch(r"(?:19|20)\d\ds?", word):
            has_year = True
            continue
        is_day = re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", word)
        if word not in _DATE_WORDS and not is_day:
            return False
    return has_year
