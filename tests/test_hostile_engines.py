"""Texts of strangers do not act under any engine: the same payloads, other programs that make the pages."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hostile_base import WORKS, Texts, key, write
from hostile_sites import (
    ENTRIES,
    ONE_OF_EACH,
    TOPICS,
    WITHOUT_RULES,
    guarded,
    run,
    surplus,
    without_policy,
)
from rekb.engines.table import ENGINES
from served import served
from shapes import words

ROOT = Path(__file__).parents[1]
ELSEWHERE = ROOT / "build" / "engines" / "bin"
PROGRAMS: dict[str, Path] = {
    "properdocs": Path(sys.executable).parent / "properdocs",
    "materialx": ELSEWHERE / "properdocs",
    "zensical": ELSEWHERE / "zensical",
}
"""What builds. MkDocs is not here: `test_browser_hostile.py` looks at its pages, finished or not."""
Sites = Callable[[str, str], Path]
"""Gives the site that an engine built of a base, ``hostile`` or ``harmless``."""


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, texts: Texts) -> Sites:
    folder = tmp_path_factory.mktemp("hostile-engines")
    write(folder / "hostile", texts)
    write(folder / "harmless", Texts(harmless=True))

    @cache
    def site(engine: str, base: str) -> Path:
        project = folder / f"{base}-{engine}"
        run(folder / base, "-c", WITHOUT_RULES, "materialize", str(project), "--engine", engine)
        build(engine, project)
        return project / "site"

    return site


def build(engine: str, project: Path) -> None:
    """Build a project; a fault of the program fails the test with what it printed."""
    command = [str(PROGRAMS[engine]), *ENGINES[engine].build.split()[1:]]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module", params=PROGRAMS)
def engine(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if not PROGRAMS[name].is_file():
        pytest.skip(f"{name} is not installed; `make engines` installs it")
    return name


@pytest.fixture(scope="module")
def unfinished(sites: Sites, engine: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the hostile site as its engine left it, without its policy, before it is finished."""
    return without_policy(sites(engine, "hostile"), tmp_path_factory.mktemp("bare") / engine)


@pytest.fixture(scope="module")
def finished(sites: Sites, engine: str, unfinished: Path) -> Path:
    """Return the hostile site with all that `rekb finish` adds."""
    assert unfinished.is_dir()  # which is a copy of what finishing changes
    site = sites(engine, "hostile")
    run(site.parent, "-m", "rekb", "finish", ".")
    return site


def test_no_page_has_an_element_or_attribute_more(sites: Sites, engine: str, unfinished: Path) -> None:
    harmless = without_policy(sites(engine, "harmless"), unfinished.parent / "harmless")
    assert list(surplus(unfinished, harmless)) == []


def acts(browser: Browser, site: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each page that a payload led elsewhere, ran on, or made ask another host, with what it did."""
    with served(site) as address, guarded(browser, address) as window:
        for path in ONE_OF_EACH + ENTRIES[3::16] + TOPICS[3::16]:
            window.open(path)
            window.let_act()
            if window.hits or window.outside or window.page.url != address + path:
                yield path, window.hits, window.outside


def test_no_payload_acts_before_the_site_is_finished(browser: Browser, unfinished: Path) -> None:
    assert list(acts(browser, unfinished)) == []


def test_no_payload_acts_on_the_finished_site(browser: Browser, finished: Path) -> None:
    assert list(acts(browser, finished)) == []


def test_titles_are_shown_as_they_are_written(finished: Path, texts: Texts) -> None:
    for number in range(WORKS):
        shown = words((finished / "papers" / key(number) / "index.html").read_text(encoding="utf-8"))
        for text in (texts.lead("Entry.title", number), texts("Correction.what", number)):
            assert " ".join(text.split()) in shown
