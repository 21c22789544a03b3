"""Words of the configuration in style sheets and scripts, which are there before any data is read."""

import json
import re

from rekb.kb import KnowledgeBase
from rekb.site.facets.names import facet_names

_LEVEL = re.compile(r"[^\n]*REKB_LEVEL\b[^\n]*(?= \{)")
"""A selector that stands for one of each level."""
_TITLED = ("saves", "needs")


def with_words(content: bytes, base: KnowledgeBase) -> bytes:
    """Return a style sheet or script with the words of a knowledge base in place of ``REKB_...``.

    ``REKB_LEVELS`` and ``REKB_DEFAULT`` are the reading levels and the one that is shown first,
    ``REKB_SAVES`` and ``REKB_NEEDS`` titles of facets; a selector that names ``REKB_LEVEL`` is
    written once for each level.
    """
    levels, names = base.config.reading, facet_names(base)
    words = {"LEVELS": levels.ids, "DEFAULT": levels.default}
    words |= {name.upper(): names[name].title if name in names else "" for name in _TITLED}
    text = _LEVEL.sub(
        lambda rule: ",\n".join(rule[0].replace("REKB_LEVEL", i) for i in levels.ids), content.decode()
    )
    # in one pass, so that a title which reads like one of our names is not looked into
    return re.sub(rf"\bREKB_({'|'.join(words)})\b", lambda found: _literal(words[found[1]]), text).encode()


def _literal(value: object) -> str:
    """Return a value as scripts write it; of text, style sheets write the same."""
    return json.dumps(value, ensure_ascii=False)
