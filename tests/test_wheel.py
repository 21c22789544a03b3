"""The wheel alone, as a stranger gets it: its metadata, its files, and the tool that it installs."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest

from rekb.about import REPOSITORY, __version__

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "rekb"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built with the build backend that the lock pins."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of a new environment: the wheel, and below it what it depends on.

    What it depends on is taken from this environment, so that no host is asked; this package is not seen
    there, for an editable install stands in a file that is read only in an environment's own folder.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    programs = folder / "bin"
    options = ["--no-deps", "--no-index", "--quiet"]
    python = ["--python", str(programs / "python")]
    subprocess.run([sys.executable, "-m", "pip", *python, "install", *options, str(wheel)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return programs


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """Return what the wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_string(archive.read(name).decode("utf-8"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Metadata-Version", "2.5"),  # what publishes in release.yml reads it from its version 1.14.2 on
        ("Name", "rekb"),
        ("Version", __version__),
        ("Author", "The rekb maintainers"),
        ("License-Expression", "MIT AND OFL-1.1"),
        ("Requires-Python", ">=3.11"),
        ("Description-Content-Type", "text/markdown"),
    ],
)
def test_metadata(metadata: Message, field: str, value: str) -> None:
    assert metadata[field] == value


def test_addresses_are_in_the_metadata(metadata: Message) -> None:
    addresses = dict(line.split(", ", 1) for line in metadata.get_all("Project-URL", []))
    assert sorted(addresses) == ["Changelog", "Documentation", "Homepage", "Issues", "Source"]
    assert addresses["Source"] == REPOSITORY
    assert metadata.get_payload().startswith("# rekb")  # type: ignore[union-attr] # it is text


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    files = (file for file in PACKAGE.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("rekb/")}
    assert {file.relative_to(PACKAGE.parent).as_posix() for file in files} == names


def run(programs: Path, *arguments: str, root: Path) -> str:
    """Return what the installed tool prints, in a folder that knows nothing of this one."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(root), "NO_MKDOCS_2_WARNING": "1"}
    command = [str(programs / "rekb"), *arguments]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, env=environment, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_wheel_makes_checks_builds_and_exports_a_knowledge_base(installed: Path, tmp_path: Path) -> None:
    where = [str(installed / "python"), "-c", "import rekb; print(rekb.__file__)"]
    found = subprocess.run(where, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    assert Path(found).is_relative_to(installed.parent)
    run(installed, "init", "kb", "--yes", "--title", "Moths and lamps", root=tmp_path)
    root = tmp_path / "kb"
    assert "nothing to report" in run(installed, "validate", root=root)
    assert "placeholders in mkdocs.yml: repo_url, site_url;" in run(installed, "build", root=root)
    assert (root / "site" / "explore" / "index.html").is_file()
    assert run(installed, "export", "bibtex", root=root).startswith("@")
