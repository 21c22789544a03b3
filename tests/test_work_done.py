"""What a build works out, counted: each value once for a work, however many pages and files show it."""

from collections import Counter
from typing import Any

import pytest

from rekb.citation import citations
from rekb.kb import KnowledgeBase
from rekb.site import SiteSettings, build_site
from samples import ENTRIES, knowledge_base

SETTINGS = SiteSettings("Sample", "A sample.", "https://example.org/", "https://example.org/edit/")


def make_all(base: KnowledgeBase) -> None:
    """Make every page and file of a site."""
    site = build_site(base, SETTINGS)
    for page in site.pages:
        assert page.body
    for asset in site.assets:
        assert asset.content


@pytest.mark.parametrize("name", ["cited_work", "bibtex_of", "ris_of", "csl_of"])
def test_a_citation_is_worked_out_once_for_each_work(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    done: Counter[str] = Counter()
    plain = getattr(citations, name)

    def counted(first: Any, *rest: Any) -> Any:
        done[first if isinstance(first, str) else first.key] += 1
        return plain(first, *rest)

    monkeypatch.setattr(citations, name, counted)
    make_all(knowledge_base(ENTRIES))
    assert done == dict.fromkeys(ENTRIES, 1)
