"""The citation box and the head tags of an entry's page: each exit encodes for itself."""

import json
from collections.abc import Callable, Mapping

from markupsafe import Markup

from rekb.citation import acm, apa, bibtex, csl, highwire, ieee, json_ld, ris
from rekb.model import Entry, Venue

Cite = Callable[[str, Entry, Mapping[str, Venue]], str]


def _csl_json(key: str, entry: Entry, venues: Mapping[str, Venue]) -> str:
    return json.dumps(csl(key, entry, venues), ensure_ascii=False, indent=2)


CITATION_FORMS: tuple[tuple[str, str, Cite], ...] = (
    ("bibtex", "BibTeX", bibtex),
    ("apa", "APA", apa),
    ("ieee", "IEEE", ieee),
    ("acm", "ACM", acm),
    ("ris", "RIS", ris),
    ("csl-json", "CSL-JSON", _csl_json),
)
"""What the citation box offers, in order: id, label, writer."""


def head_tags(key: str, entry: Entry, venues: Mapping[str, Venue]) -> Markup:
    """Return the Highwire tags and the JSON-LD that reference managers and search engines read."""
    tag = Markup('<meta name="{}" content="{}">')
    tags = [tag.format(name, content) for name, content in highwire(key, entry, venues)]
    data = Markup(json_ld(key, entry, venues))  # noqa: S704 - it holds no sign that HTML gives a meaning to
    return Markup("\n").join([*tags, Markup('<script type="application/ld+json">{}</script>').format(data)])
