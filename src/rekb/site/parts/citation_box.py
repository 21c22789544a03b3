"""The citation box and the head tags of an entry's page: each exit encodes for itself."""

from collections.abc import Callable

from markupsafe import Markup, escape

from rekb.citation.citations import Citations
from rekb.citation.highwire import highwire_of
from rekb.citation.plain import acm_of, apa_of, ieee_of
from rekb.citation.schema_org import json_ld_of

Cite = Callable[[Citations, str], str]


CITATION_FORMS: tuple[tuple[str, str, Cite], ...] = (
    ("bibtex", "BibTeX", lambda citations, key: citations.bibtex(key)),
    ("apa", "APA", lambda citations, key: apa_of(citations.work(key))),
    ("ieee", "IEEE", lambda citations, key: ieee_of(citations.work(key))),
    ("acm", "ACM", lambda citations, key: acm_of(citations.work(key))),
)
"""What the citation box offers, in order: id, label, writer."""
SHOWN_FILES = {"RIS": "ris", "CSL-JSON": "csl-json"}
"""Files beside the page of which a script makes a tab of the box: label to id."""


def head_tags(citations: Citations, key: str, abstract: str) -> Markup:
    """Return the Highwire tags and the JSON-LD that reference managers and search engines read.

    Args:
        citations: the citations of the knowledge base.
        key: the citation key.
        abstract: what Zotero saves as the abstract; it says whose it is. Empty for none.
    """
    work = citations.work(key)
    named = highwire_of(work, abstract)
    tags = [f'<meta name="{escape(name)}" content="{escape(content)}">' for name, content in named]
    data = json_ld_of(work, citations.entries[key])  # it holds no sign that HTML gives a meaning to
    return Markup("\n".join([*tags, f'<script type="application/ld+json">{data}</script>']))  # noqa: S704 - see above
