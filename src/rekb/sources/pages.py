"""Pages, article numbers, volumes and issues as records have them."""

import re

from rekb.sources.clean import cleaned

# ACM counts the pages of each article by itself: `12:1-12:30`.
# Supplements and online journals have a letter before the page: `S12`, `e12`.
_PAGES = re.compile(
    r"(?:pp?\.?\s*)?([A-Za-z]?\d+(?:[:.]\d+)?)(?:\s*[-\u2010-\u2015\u2212]+\s*([A-Za-z]?\d+(?:[:.]\d+)?))?"
)
_ARTICLE = re.compile(
    r"(?:art(?:icle|\.)?\s*(?:no\.?|number)?\s*:?\s*|#)?([A-Za-z]{0,3}\d[\w.-]*)", re.IGNORECASE
)
_LONGEST_NUMBER = 40


def pages_of(text: str) -> str | None:
    """Return pages as entries write them, ``611-626``, or None for what cannot be read so."""
    match = _PAGES.fullmatch(text.strip())
    if not match:
        return None
    if match[2] and match[2] != match[1]:
        return f"{match[1]}-{match[2]}"
    return match[1]


def pages_and_article(pages: str, article: str) -> tuple[str | None, str | None]:
    """Return pages and article number; where pages say `Article 12`, that is the article number."""
    number = article_of(article)
    shown = pages_of(pages)
    if shown is None and number is None and re.match(r"\s*(?:art|#)", pages, re.IGNORECASE):
        number = article_of(pages)
    return (None if number and shown == number else shown), number


def article_of(text: str) -> str | None:
    """Return an article number without the words around it, or None."""
    match = text and _ARTICLE.fullmatch(cleaned(text, _LONGEST_NUMBER))
    if match:
        return match[1]
    return None


def range_of(text: str) -> str | None:
    """Return a volume or issue, its range with one hyphen: ``4--5`` and ``4\u20135`` are ``4-5``."""
    if not text:
        return None
    numbers = re.sub(r"\s*[\u2010-\u2015\u2212-]+\s*", "-", cleaned(text))
    return numbers.strip("-") or None
