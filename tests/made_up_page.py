"""A kind of page, written as the guide for developers says: works with a name of one word."""

from dataclasses import dataclass

from rekb.site.kind import Given, PageKind, Place
from rekb.site.page import Asset, Page, SearchText
from rekb.site.parts.views import LinkView, Material
from rekb.site.templating import render

WORDS = "words/"
TEMPLATE = """\
<h1>Words</h1>
<ul>
{% for work in works %}
  <li><a href="{{ url(work.path) }}">{{ work.label }}</a></li>
{% endfor %}
</ul>
"""
"""What `templates/words.html` would hold."""


@dataclass(frozen=True, slots=True)
class WordsContext:
    """What words.html is given."""

    works: tuple[LinkView, ...]


def has_words(material: Material) -> bool:
    """Whether there is a work with a name of one word."""
    return bool(_works(material))


def _works(material: Material) -> tuple[LinkView, ...]:
    found: list[LinkView] = []
    for row in material.rows.values():
        if row.name.isalpha():
            found.append(LinkView(row.name, row.path))
    return tuple(found)


def words_page(material: Material) -> Page:
    """Return the page of works with a name of one word."""
    return Page(
        path=WORDS,
        title="Words",
        made=lambda: render("words.html", WORDS, WordsContext(_works(material))),
        description="Works with a name of one word.",
        search=SearchText("Words", "Works with a name of one word"),
    )


def _file(given: Given) -> tuple[Asset, ...]:
    names = [work.label for work in _works(given.material)]
    return (Asset("downloads/words.txt", "\n".join(names).encode()),)


ROW = PageKind(
    id="words",
    path=WORDS,
    place=Place("Numbers", "One word", 9),
    has=has_words,
    once="a work has a name of one word",
    pages=lambda given: (words_page(given.material),),
    assets=_file,
)
