"""The served site: the port comes first, and a fault is in the pages until it is fixed."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config

from rekb.mkdocs.serving import stamps
from test_shell import bare_taxonomy, work

KEY = "doe2022work1"
TITLE = "Work1 That Is Served"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a knowledge base of one work."""
    root = tmp_path / "kb"
    bare_taxonomy(root)
    (root / "papers" / "2022").mkdir(parents=True)
    (root / "docs").mkdir()
    write(root)
    (root / "mkdocs.yml").write_text(
        "site_name: A\nsite_url: https://example.org/kb/\ntheme: {name: material, font: false}\n"
        "plugins: [search, rekb]\n",
        encoding="utf-8",
    )
    return root


def write(project: Path, **changes: object) -> None:
    text = json.dumps(work(1) | {"title": TITLE} | changes)
    file = project / "papers" / "2022" / f"{KEY}.yaml"
    file.write_text(f"# yaml-language-server: $schema=../../docs/schema/entry.json\n{text}", encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def served(project: Path) -> Iterator[str]:
    """Serve a knowledge base whose first state is faulty; yield the address of the work with the fault."""
    write(project, titel="<b>x</b>")
    port = free_port()
    command = [sys.executable, "-m", "rekb", "serve", "--address", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/kb/papers/{KEY}/"
    finally:
        process.terminate()
        process.wait(timeout=300)


def page_with(address: str, *texts: str) -> str:
    """Return the page once it has all texts; raise after five minutes of waiting."""
    shown = ""
    for _ in range(1200):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server on loopback
                shown = answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            shown = ""
        if shown and all(text in shown for text in texts):
            return shown
        time.sleep(0.25)
    raise AssertionError(f"never shown: {texts}; last: {shown[-3000:]}")


def test_a_fault_is_in_the_page_until_it_is_fixed(project: Path, served: str) -> None:
    first = page_with(served, 'id="rekb-fault"')
    assert f"papers/2022/{KEY}.yaml:2:" in first
    assert "unknown-field" in first
    assert "<b>x</b>" not in first
    write(project)
    fixed = page_with(served, "<h1", TITLE)
    assert 'id="rekb-fault"' not in fixed
    write(project, topics=["architectures/vit-specifik"])
    again = page_with(served, 'id="rekb-fault"', TITLE)  # the last right state, with the fault over it
    assert "did you mean `architectures/vit-specific`?" in again


def test_a_taken_port_is_reported_in_one_line_before_anything_is_built(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        command = [sys.executable, "-m", "rekb", "serve", "--address", address]
        made = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=300)
    assert made.returncode == 2
    assert made.stderr == (
        f"rekb: cannot serve on {address}: another program listens there; name another with --address\n"
    )


def test_the_files_beside_the_data_are_watched(project: Path) -> None:
    (project / "docs" / "page.md").write_text("# Page\n", encoding="utf-8")
    (project / "more").mkdir()
    (project / "more" / "text.md").write_text("More\n", encoding="utf-8")
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "watch: [more]\n", encoding="utf-8")
    found = stamps(load_config(str(settings)))
    names = sorted(Path(name).relative_to(project).as_posix() for name in found)
    assert names == ["docs", "docs/page.md", "mkdocs.yml", "more", "more/text.md"]
    assert found[str(project / "docs" / "page.md")][1] == len("# Page\n")
