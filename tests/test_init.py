"""`rekb init`: what it makes validates, builds and passes its tests, and holds nothing of this survey."""

import os
import re
import shlex
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from commands import python
from fake_hosts import Answer, FakeHosts, atom, atom_entry
from rekb.cli import cli
from rekb.cli.app.start import DATA_LICENCES
from rekb.loading.loader import load
from rekb.model import Config, Topic
from rekb.model.facets import VenueFile
from rekb.scaffold import LICENCES, REQUIREMENT, Plan, default_requirement, scaffold_files
from rekb.scaffold.colours import contrast, palette
from rekb.scaffold.plan import requirement_of, site_of, title_of
from test_cli_commands import call
from test_cli_examples import free_port

ROOT = Path(__file__).parents[1]
DAY = "2026-11-25"
LIST = ROOT / "tests" / "fixtures" / "lists" / "fungi.md"
MAP = "A Map of Threads: 3D Networks below Ground"
REMAINS = re.compile(
    rb"resource.efficient|2401\.08092|foundation.model|dao2022|flashattention|GPTQ|KV.cache|\b433\b|example/rekb/",
    re.IGNORECASE,
)
"""What would betray where the scaffold comes from."""


def made(target: Path, *arguments: str) -> Path:
    """Return the folder of a new knowledge base."""
    result = CliRunner().invoke(
        cli, ["init", str(target), "--yes", "--today", DAY, *arguments], standalone_mode=False
    )
    assert result.return_value == 0, result.exception
    return target


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new knowledge base whose site is built."""
    options = ("--title", "Moths & lamps", "--owner", "Ada Moth", "--rekb", "rekb==0.1.0")
    root = made(tmp_path_factory.mktemp("new") / "moths", *options)
    done = python(root, "-m", "rekb", "build")
    assert done.returncode == 0, done.stderr
    return root


def test_its_own_tests_pass(fresh: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = run_in(fresh, os.environ | with_room(tmp_path), *command)
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


@pytest.mark.parametrize("arguments", [("validate", "--strict"), ("fmt", "--check"), ("generate", "--check")])
def test_it_is_clean(fresh: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--root", str(fresh), *arguments, capsys=capsys)[0] == 0


def test_nothing_of_this_survey_remains(fresh: Path) -> None:
    files = [file for file in fresh.rglob("*") if file.is_file()]
    assert {"README.md", "llms.txt", "entry.json", "index.html"} <= {file.name for file in files}
    found = {
        str(file.relative_to(fresh)): match[0]
        for file in files
        if "__pycache__" not in file.parts and (match := REMAINS.search(file.read_bytes()))
    }
    assert found == {}


def test_the_models_page_waits_for_a_model(fresh: Path) -> None:
    assert "models/index.md" in (fresh / "mkdocs.yml").read_text(encoding="utf-8")
    assert not (fresh / "site" / "models").exists()
    home = (fresh / "site" / "index.html").read_text(encoding="utf-8")
    assert "statistics/" in home
    assert "models/" not in re.sub(r'src="[^"]*"', "", home)


EMPTY = ["models", "measured", "reproductions", "combines", "learn", "hardware"]


@pytest.mark.parametrize("page", EMPTY)
def test_a_page_without_content_is_not_made(fresh: Path, page: str) -> None:
    assert not (fresh / "site" / page).exists()
    linked = re.compile(rf'href="[./]*{page}/"')
    for file in (fresh / "site").rglob("index.html"):
        assert not linked.search(file.read_text(encoding="utf-8")), file


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("mkdocs.yml", 'site_name: "Moths & lamps"'),
        ("mkdocs.yml", 'site_url: "https://example.org/moths/"'),
        ("LICENSE", "Copyright (c) 2026 Ada Moth"),
        ("LICENSE-DATA", "SPDX-License-Identifier: CC-BY-4.0"),
        ("CITATION.cff", 'name: "Ada Moth"'),
        ("requirements.txt", "rekb==0.1.0\n"),
        ("README.md", "# Moths & lamps"),
        ("rekb.yaml", "# yaml-language-server: $schema=docs/schema/config.json"),
        (
            ".github/workflows/pages.yml",
            "uses: actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e",
        ),
        (".github/workflows/check.yml", "check-${{ github.ref }}"),
        (".gitignore", "/site/"),
        ("site/index.html", "Moths &amp; lamps"),
    ],
)
def test_what_was_said_is_where_it_belongs(fresh: Path, file: str, text: str) -> None:
    assert text in (fresh / file).read_text(encoding="utf-8")


def test_workflows_hold_no_expression_in_a_command_and_pin_every_action(fresh: Path) -> None:
    for root in (fresh, ROOT):
        for file in sorted((root / ".github" / "workflows").glob("*.yml")):
            jobs = yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values()
            for step in (step for job in jobs for step in job["steps"]):
                assert "${{" not in step.get("run", "")
                assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}|\./.*", step.get("uses", "./")), step


@pytest.mark.parametrize(
    "title", ['He said "x": #1 \\ {{ 7*7 }}', "- ünïcode & 'quotes'", "yes", "[a](b) *c* | d"]
)
def test_any_title_is_kept(tmp_path: Path, title: str) -> None:
    root = made(tmp_path / "x", "--title", title, "--owner", title)
    assert yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))["site_name"] == title
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["title"], citation["authors"]) == (title, [{"name": title}])
    assert load(root)[1].failed is False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--colour", "red"], "the colour 'red' is none: write it as #0a6b62"),
        (["--site-url", "ftp://x.org"], "the site-url 'ftp://x.org' will not do: write a web address"),
        (["--repo-url", "javascript:x"], "the repo-url 'javascript:x' will not do"),
        (["--title", "a\nb"], "the title 'a\\nb' will not do: write one line of text"),
        (["--title", "a\u200bb"], "holds a character that cannot be seen"),
        (["--description", "<b>x</b>"], "the description holds < or >"),
        (["--rekb", "requests"], "is no requirement for rekb"),
        (["--rekb", "rekb\nrequests"], "is no requirement for rekb"),
        (["--licence", "WTFPL"], "Invalid value for '--licence'"),
        (["--today", "soon"], "'soon' is no day"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    status, _, error = call("init", str(tmp_path / "new"), "--yes", *arguments, capsys=capsys)
    assert (status, list(tmp_path.iterdir())) == (2, [])
    assert message in error


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.tex").write_text("years of work", encoding="utf-8")
    status, _, error = call("init", str(tmp_path), "--yes", capsys=capsys)
    assert (status, [file.name for file in tmp_path.iterdir()]) == (2, ["thesis.tex"])
    assert "is not empty; name a new folder" in error


def test_a_run_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rekb.scaffold.writing.schemas", full)
    status, _, error = call("init", str(tmp_path / "new"), "--yes", capsys=capsys)
    assert (status, list(tmp_path.iterdir())) == (2, [])
    assert "No space left on device" in error


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert (made(tmp_path) / "rekb.yaml").is_file()


def test_on_a_terminal_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "rekb.cli.commands.init.sys",
        type("Terminal", (), {"stdin": type("In", (), {"isatty": lambda: True})}),
    )
    answers = "Moths\n\nhttps://github.com/Ada/moths\nCC0-1.0\n\n#ff0000\n\n"
    target = tmp_path / "new"
    result = CliRunner().invoke(
        cli, ["init", str(target), "--today", DAY], input=answers, standalone_mode=False
    )
    assert result.return_value == 0, result.exception
    said = yaml.safe_load((target / "mkdocs.yml").read_text(encoding="utf-8"))
    assert (said["site_name"], said["site_url"]) == ("Moths", "https://ada.github.io/moths/")
    assert "CC0-1.0" in (target / "LICENSE-DATA").read_text(encoding="utf-8")
    assert "The maintainers of Moths" in (target / "LICENSE").read_text(encoding="utf-8")


def test_the_same_wishes_make_the_same_files() -> None:
    plan = Plan(
        "A", "B.", "https://a.org/", "https://a.org/b", "#123456", LICENCES["CC0-1.0"], "C", "rekb", day()
    )
    assert scaffold_files(plan) == scaffold_files(plan)


def day() -> Any:
    from datetime import date  # noqa: PLC0415 - one use

    return date.fromisoformat(DAY)


def test_licences_are_those_that_help_names() -> None:
    assert tuple(LICENCES) == DATA_LICENCES
    assert all(
        licence.url.startswith("https://") and licence.says.endswith(".") for licence in LICENCES.values()
    )


@pytest.mark.parametrize(
    ("reported", "requirement"),
    [
        (None, REQUIREMENT),
        ('{"url": "file:///here", "dir_info": {"editable": true}}', REQUIREMENT),
        ("not json", REQUIREMENT),
        (
            '{"url": "https://host/o/rekb", "vcs_info": {"vcs": "git", "commit_id": "0123abc"}}',
            "rekb @ git+https://host/o/rekb@0123abc",
        ),
    ],
)
def test_the_tool_is_pinned(monkeypatch: pytest.MonkeyPatch, reported: str | None, requirement: str) -> None:
    monkeypatch.setattr(
        "rekb.scaffold.plan.distribution", lambda _: type("D", (), {"read_text": lambda _, __: reported})()
    )
    assert default_requirement() == requirement


@pytest.mark.parametrize(
    ("text", "requirement"),
    [
        ("", ""),
        ("rekb==1.0", "rekb==1.0"),
        ("rekb @ git+https://host/o/rekb@0123abc", "rekb @ git+https://host/o/rekb@0123abc"),
        ("tool.whl", "rekb @ {folder}/tool.whl"),
        ("./check out", "rekb @ {folder}/check%20out"),
    ],
)
def test_a_wheel_or_a_checkout_may_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, requirement: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tool.whl").touch()
    (tmp_path / "check out").mkdir()
    assert requirement_of(text) == requirement.format(folder=tmp_path.resolve().as_uri())


def test_a_placeholder_is_named_with_what_to_write(tmp_path: Path) -> None:
    for requirement, is_named in ((REQUIREMENT, True), ("rekb==1.0", False)):
        target = str(tmp_path / requirement[:6].strip())
        result = CliRunner().invoke(cli, ["init", target, "--yes", "--rekb", requirement])
        assert result.exit_code == 0, result.output
        assert ("a placeholder from which nothing can be installed" in result.output) == is_named
        assert ("rekb @ file:///path/to/rekb-0.1.0-py3-none-any.whl" in result.output) == is_named


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made_of_it,) = folder.glob("*.whl")
    return made_of_it


@pytest.mark.usefixtures("interruptible")
def test_the_commands_of_its_readme_pass_from_a_wheel(tmp_path: Path, wheel: Path) -> None:
    root = made(tmp_path / "moths", "--rekb", str(wheel))
    # The environment is the one that `make` would make, but finds what the wheel needs without a download.
    subprocess.run([sys.executable, "-m", "venv", str(root / ".venv")], check=True)
    (packages,) = (root / ".venv").glob("lib/python*/site-packages")
    (packages / "beside.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    environment = {**os.environ, "PIP_NO_INDEX": "1", **with_room(tmp_path)}
    done = run_in(root, environment, "make", "test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout
    shown = run_in(root, environment, ".venv/bin/python", "-c", "import rekb; print(rekb.__file__)")
    assert Path(shown.stdout.strip()).is_relative_to(packages)
    address = f"127.0.0.1:{free_port()}"
    command = ["make", "serve", f"ADDRESS={address}"]
    serving = subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert answered(f"http://{address}/", serving)
    finally:
        os.killpg(serving.pid, signal.SIGINT)
        serving.communicate(timeout=300)


def with_room(folder: Path) -> dict[str, str]:
    """Return settings that give a second pytest its temporary folders elsewhere.

    A pytest removes what earlier runs left beside its own folders. Whole sites of earlier runs of this suite
    lie there, so it would spend minutes on that.
    """
    room = folder / "room"
    room.mkdir()
    return {"PYTEST_DEBUG_TEMPROOT": str(room)}


def run_in(root: Path, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def answered(address: str, serving: subprocess.Popen[str]) -> bool:
    """Wait until a page is there, as long as the server runs; return whether it names the survey."""
    while serving.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=60) as page:  # noqa: S310 - an address of this test
                return b"<title>Moths</title>" in page.read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    return False


@pytest.mark.parametrize(
    ("folder", "title"),
    [("my-survey", "My survey"), ("awesome_moths.v2", "Awesome moths v2"), ("---", "My survey")],
)
def test_titles_of_folders(folder: str, title: str) -> None:
    assert title_of(folder) == title


@pytest.mark.parametrize(
    ("repository", "site"),
    [
        ("https://github.com/Ada/moths", "https://ada.github.io/moths/"),
        ("https://github.com/Ada/moths.git", "https://ada.github.io/moths/"),
        ("https://github.com/Ada/Ada.github.io", "https://ada.github.io/"),
        ("https://git.example.org/ada/moths", "https://example.org/my-survey/"),
        ("https://github.com/ada", "https://example.org/my-survey/"),
    ],
)
def test_sites_of_repositories(repository: str, site: str) -> None:
    assert site_of(repository, "My Survey") == site


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#ff9900", "#0a6b62", "#3b5bdb", "#ffff00", "#808080"]
)
def test_every_colour_gives_enough_contrast(colour: str) -> None:
    made_of = palette(colour)
    assert contrast(made_of.accent, "#f5f7f9") >= 4.5
    assert contrast(made_of.accent, "#ffffff") >= 4.5
    assert contrast(made_of.accent_at_night, "#182129") >= 4.5
    assert contrast(made_of.header, "#ffffff") >= 7
    assert contrast(made_of.night, "#eef4f8") >= 7


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)]
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_the_wheel_holds_the_templates(wheel: Path) -> None:
    names = {n for n in zipfile.ZipFile(wheel).namelist() if n.startswith("rekb/scaffold/templates/")}
    folder = ROOT / "src" / "rekb" / "scaffold" / "templates"
    assert names == {
        f"rekb/scaffold/templates/{f.relative_to(folder).as_posix()}" for f in folder.rglob("*.j2")
    }


def test_the_examples_of_its_help_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"Example: (rekb .*)", cli.commands["init"].help or "")
    assert call(*shlex.split(example)[1:], capsys=capsys)[0] == 0
    monkeypatch.chdir(tmp_path / "my-survey")
    (index,) = re.findall(r"`(rekb .*)`", cli.commands["export"].help or "")
    assert call(*shlex.split(index)[1:], capsys=capsys)[0] == 0
    assert sorted(file.name for file in Path("index").iterdir()) == ["README.md", "foundations.md"]
    work = (
        "@misc{a, title={Lamps}, author={Moth, Ada}, year={2021}, eprint={2101.00009}, archiveprefix={arXiv}}"
    )
    Path("library.bib").write_text(work, encoding="utf-8")
    listed = "# A list\n\n- Lamps. *[arXiv'21]* [[Paper]](https://arxiv.org/abs/2101.00009)\n"
    Path("awesome.md").write_text(listed, encoding="utf-8")
    (example,) = re.findall(r"Example: (rekb .*)", cli.commands["import"].help or "")
    status, output, _ = call(*shlex.split(example)[1:], "--topic", "practice/tools", capsys=capsys)
    assert (status, "2 works: 1 added, 0 merged, 1 skipped" in output) == (0, True)


def test_a_list_of_another_field_is_taken_in(
    tmp_path: Path,
    hosts: FakeHosts,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = made(tmp_path / "fungi")
    hosts.routes["/arxiv"] = Answer(
        atom(
            atom_entry("2101.00001", "Roots Listen to Mushrooms", "Ann Spore", more=published("2021-01")),
            atom_entry("2202.00002", MAP, "Bo Hypha", more=published("2022-02")),
            atom_entry("2303.00003", "Yeast that Counts", "Cy Yeast", more=published("2023-03")),
            atom_entry("1904.00004", "Lichens as Clocks", "Di Lichen", more=published("2019-04")),
        )
    )  # fmt: skip
    arguments = ("import", str(LIST), "--root", str(root), "--today", DAY, "--topic", "practice/experience")
    status, output, _ = call(*arguments, capsys=capsys)
    assert status == 0
    assert output.splitlines()[-1] == "7 works: 6 added, 0 merged, 1 skipped, 0 doubted"
    assert sorted(load(root)[0].entries) == [
        "hypha2022map", "knuth1984literate", "lichen2019lichens", "spore2021roots",
        "unknownauthors2020spores", "unknownauthors2023title", "yeast2023yeast",
    ]  # fmt: skip
    draft = (root / "papers" / "2022" / "hypha2022map.yaml").read_text(encoding="utf-8")
    assert "{resource: time, phase: preparation, change: saves" in draft
    assert "expert (80-140 words)" in draft
    assert (
        call(*arguments, capsys=capsys)[1].splitlines()[-1]
        == "7 works: 0 added, 0 merged, 7 skipped, 0 doubted"
    )
    assert call("validate", "--root", str(root), capsys=capsys)[0] == 0
    done = python(root, "-m", "rekb", "build")
    assert done.returncode == 0, done.stderr


def published(month: str) -> str:
    return f"<published>{month}-05T00:00:00Z</published>"


def test_its_configuration_fits_its_schema(fresh: Path) -> None:
    import json  # noqa: PLC0415 - one use

    schema = json.loads((fresh / "docs" / "schema" / "config.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(yaml.safe_load((fresh / "rekb.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shells_of_the_guide_complete(shell: str) -> None:
    guide = (ROOT / "docs" / "guide" / "other-surveys.md").read_text(encoding="utf-8")
    assert f"_REKB_COMPLETE={shell}_source rekb" in guide
    environment = os.environ | {
        "_REKB_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "rekb in",
        "COMP_CWORD": "in" if shell == "fish" else "1",
    }
    command = [str(Path(sys.executable).parent / "rekb")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "init" in done.stdout


def test_the_configuration_in_the_guide_is_right() -> None:
    config = Config.model_validate(yaml.safe_load(example("questions:")))
    assert config.questions[0].pairs() == (("saves", "energy"), ("phase", "use"), ("not-needs", "training"))


@pytest.mark.parametrize(("field", "model"), [("scope:", Topic), ("venues:", VenueFile)])
def test_whole_files_in_the_guide_are_right(field: str, model: type[BaseModel]) -> None:
    assert model.model_validate(yaml.safe_load(example(field)))


def example(field: str) -> str:
    """Return the one example of the guide on other surveys that has a field."""
    guide = (ROOT / "docs" / "guide" / "other-surveys.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    (found,) = [block for block in blocks if f"\n{field}" in f"\n{block}"]
    return str(found)
