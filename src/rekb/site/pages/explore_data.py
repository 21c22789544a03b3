"""What the explore page fetches: all works as columns, and the reasons of their effects."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain

from rekb.model import Facet
from rekb.site.facets.columns import columns
from rekb.site.page import Asset
from rekb.site.parts.views import BadgeView, Material, RowView

WORKS = "assets/rekb/works.json"
"""Where all works stand, one column a field, newest first."""
REASONS = "assets/rekb/reasons/"
"""Below it is one file for each resource; see `reasons`."""


def explore_assets(material: Material) -> tuple[Asset, ...]:
    """Return what the scripts of the explore page fetch."""
    resources = dict.fromkeys(
        effect.resource for entry in material.base.entries.values() for effect in entry.effects
    )
    assets = [Asset(WORKS, partial(_works, material))]
    for resource in sorted(resources):
        assets.append(Asset(f"{REASONS}{resource}.json", partial(_reasons, material, resource)))
    return tuple(assets)


def _works(material: Material) -> bytes:
    return _json(works(material))


def works(material: Material) -> dict[str, object]:
    """Return all works: their facets (see `facets.columns`), and what their rows say.

    Works above a topic are those of all below it, so the facet `topic` is left to the script, which knows the
    own topics of each work. What a work saves and needs is in the facets; `saves` and `needs` only say
    how each word is shown, in the order in which a row shows them.
    """
    base = material.base
    rows = material.listed(base.entries)
    saved = chain.from_iterable(row.saves for row in rows)
    needed = chain.from_iterable(row.requires or () for row in rows)
    made = columns(base, [row.key for row in rows])
    facets = dict(made["facets"])
    if "topic" in facets:
        facets["topic"] = {"words": facets["topic"]["words"]}
    return made | {
        "facets": facets,
        "keys": [_key(row) for row in rows],
        "names": [_name(row) for row in rows],
        "titles": [row.title for row in rows],
        "authors": [row.authors for row in rows],
        "incomplete": [place for place, row in enumerate(rows) if not row.complete],
        "venues": _places([(row.venue,) for row in rows]),
        "saves": _named(saved, tuple(base.facets.get(Facet.RESOURCE, {}))),
        "needs": _named(needed, tuple(base.facets.get(Facet.REQUIREMENT, {}))),
        "scopes": {topic: base.topics[topic].scope for topic in facets.get("topic", {}).get("words", ())},
        "topics": _places([base.entries[row.key].topics for row in rows]),
    }


def _key(row: RowView) -> str | int:
    """Return the key of a work, or which word of its title it ends with where the rest follows, too.

    A key is family name + year + word of the title, so most are said by the other columns.
    """
    family = _LAST_OF_AUTHORS.split(row.authors)[0]
    for place, word in enumerate(row.title.split(" ")):
        if row.key == f"{_letters(family)}{row.year}{_letters(word)}":
            return place
    return row.key


_LAST_OF_AUTHORS = re.compile(r" et al\.| and ")
_MARKS = re.compile("[^a-z0-9]")


def _letters(text: str) -> str:
    """Return the letters and digits of a text as keys have them; `keyAt` in workkeys.js does the same."""
    # NFKD parts a letter from its accent, so é stays as e when the mark goes.
    return _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())


def _name(row: RowView) -> str | int:
    """Return the name of a work, or how many letters of its title it is."""
    if row.title.startswith(row.name):
        return len(row.name)
    return row.name


def _named(badges: Iterable[BadgeView], vocabulary: Sequence[str]) -> list[tuple[str, str]]:
    """Return each word with what it is called, in the vocabulary's order, words without one at the end."""
    labels = {badge.word: badge.signed for badge in badges}
    known = [word for word in vocabulary if word in labels]
    unknown = sorted(set(labels) - set(known))
    return [(word, labels[word]) for word in (*known, *unknown)]


def _places(rows: list[tuple[str, ...]]) -> dict[str, object]:
    """Return words of rows as a list of all words, and their places in it for each row."""
    words = sorted(set(chain.from_iterable(rows)))
    places = {word: place for place, word in enumerate(words)}
    return {"words": words, "rows": [list(map(places.__getitem__, row)) for row in rows]}


def _reasons(material: Material, resource: str) -> bytes:
    return _json(reasons(material, resource))


def reasons(material: Material, resource: str) -> dict[str, dict[str, str]]:
    """Return how works save a resource: phase to citation key to the reason, whole."""
    found: dict[str, dict[str, str]] = {}
    for key, entry in material.base.entries.items():
        for effect in entry.effects:
            if effect.change == "saves" and effect.resource == resource:
                found.setdefault(effect.phase, {}).setdefault(key, effect.how)
    return found


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
