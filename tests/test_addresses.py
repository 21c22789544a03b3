"""The addresses of the site and the repository stand in mkdocs.yml; the other files follow them."""

import shutil
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

from rekb.cli.shared.addresses import following, placeholders
from rekb.mkdocs.settings import settings

ROOT = Path(__file__).parents[1]
SITE, REPOSITORY = "https://moths.example.edu/base", "https://code.example.edu/moths/base"
SETTINGS = f"site_name: x\nsite_url: {SITE}/ # ours\nrepo_url: {REPOSITORY}\nplugins:\n  - x: !ENV [A, b]\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with the files of this repository that hold addresses, and a changed mkdocs.yml."""
    for name in ("CITATION.cff", "README.md", "CONTRIBUTING.md", "pyproject.toml", "src/rekb/about.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def test_nothing_is_left_of_the_old_addresses(tree: Path) -> None:
    changed = following(tree)
    assert {"CITATION.cff", "README.md", "pyproject.toml", "src/rekb/about.py"} <= set(changed)
    assert {"docs/contributing.md", "docs/scope.md", "docs/guide/reader.md"} <= set(changed)
    for name, text in changed.items():
        (tree / name).write_text(text, encoding="utf-8")
        assert "example/rekb" not in text, name
        assert "example.org/rekb" not in text, name
    assert f'repository-code: "{REPOSITORY}"' in changed["CITATION.cff"]
    assert f'url: "{SITE}/"' in changed["CITATION.cff"]
    assert f'Issues = "{REPOSITORY}/issues"' in changed["pyproject.toml"]
    assert "uses: moths/base@COMMIT" in changed["docs/guide/other-surveys.md"]
    assert following(tree) == {}


def test_this_repository_follows_itself() -> None:
    assert following(ROOT) == {}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("site_url: https://example.org/rekb/\nrepo_url: https://github.com/example/rekb\n",
         ("repo_url", "site_url")),
        ('site_url: "https://moths.edu/"\nrepo_url: https://github.com/example/moths\n', ("repo_url",)),
        ("site_url: https://moths.edu/\nrepo_url: https://github.com/moths/example\n", ()),
        ("site_url: https://myexample.org/\nrepo_url: https://git.example.org/moths\n", ("repo_url",)),
        ("site_name: Moths\n", ()),
    ],
)  # fmt: skip
def test_placeholders(tmp_path: Path, settings: str, expected: tuple[str, ...]) -> None:
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert placeholders(tmp_path) == expected


@pytest.mark.parametrize(
    ("given", "url", "edit_page"),
    [
        (("https://example.org/kb", "https://github.com/moths/kb/"),
         "https://example.org/kb/", "https://github.com/moths/kb/edit/next/"),
        (("https://example.org/kb/", None), "https://example.org/kb/", ""),
        ((None, None), "", ""),
    ],
)  # fmt: skip
def test_the_site_takes_its_addresses_from_there(
    given: tuple[str | None, str | None], url: str, edit_page: str
) -> None:
    config = MkDocsConfig()
    config.site_name = "Moths"
    config.site_url, config.repo_url = given
    found = settings(config, "next")
    assert (found.url, found.edit_base) == (url, edit_page)
