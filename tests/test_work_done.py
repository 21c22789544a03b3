"""What a build works out, counted: each value once for a work, however many pages and files show it."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fixture_kb import TILE, copy
from rekb.citation import citations
from rekb.exports import EXPORTERS
from rekb.exports.exporters import Exporter
from rekb.kb import KnowledgeBase
from rekb.loading.kept import Kept
from rekb.loading.loader import load
from rekb.site import SiteSettings, build_site, templating
from rekb.yamlio import reader
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


def test_each_page_is_rendered_once_and_each_row_once_for_a_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: Counter[tuple[str, str]] = Counter()
    plain = templating.environment

    class Counting:
        """The environment, which notes what it gives out."""

        def get_template(self, name: str) -> Any:
            template = plain().get_template(name)

            def render(**names: Any) -> str:
                rendered[name, names["row"].key if name == "_listed.html" else names["url"]("explore/")] += 1
                return template.render(**names)

            return SimpleNamespace(render=render)

    monkeypatch.setattr(templating, "environment", Counting)
    base = knowledge_base(ENTRIES)
    site = build_site(base, SETTINGS)
    assert rendered == {}  # nothing is made before it is asked for
    for page in site.pages:
        assert page.body
    of_rows = {key: count for key, count in rendered.items() if key[0] == "_listed.html"}
    assert set(of_rows.values()) == {1}
    assert sum(rendered.values()) - sum(of_rows.values()) == len(site.pages)


def test_each_download_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done: Counter[tuple[str, tuple[str, ...]]] = Counter()
    plain = Exporter.encode

    def counted(self: Exporter, base: KnowledgeBase, keys: tuple[str, ...]) -> bytes:
        done[self.name, keys] += 1
        return plain(self, base, keys)

    monkeypatch.setattr(Exporter, "encode", counted)
    make_all(knowledge_base(ENTRIES))
    whole = {name: count for (name, keys), count in done.items() if len(keys) == len(ENTRIES)}
    assert whole.keys() == EXPORTERS.keys()
    assert whole["sqlite"] == 1  # for the file and for the page that tells its size


def test_a_file_is_parsed_again_only_when_its_bytes_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy(tmp_path)
    parsed: list[str] = []
    plain = reader.parse

    def counted(data: bytes, shown: str) -> Any:
        parsed.append(shown)
        return plain(data, shown)

    monkeypatch.setattr(reader, "parse", counted)
    kept = Kept()
    first, _ = load(root, kept=kept)
    kept.accept()
    assert len(parsed) == len(first.documents)
    parsed.clear()
    again, _ = load(root, kept=kept)
    assert parsed == []
    assert again.entries == first.entries
    assert kept.to_check() == set()
    kept.accept()
    (root / TILE).write_text((root / TILE).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    load(root, kept=kept)
    assert parsed == [TILE]
    assert kept.to_check() == {TILE}
    (root / "taxonomy/facets.yaml").touch()
    kept.accept()
    facets = root / "taxonomy/facets.yaml"
    facets.write_text(facets.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    load(root, kept=kept)
    assert kept.to_check() is None  # vocabularies concern every file
