"""Folders that commands make: whose they must be before they are replaced, and what links may not do."""

import errno
import threading
from pathlib import Path

import pytest

from rekb.errors import RekbError
from rekb.folders import Made, beside, put_in_place
from rekb.inside import links_below, refuse_links, refuse_outside

KIND = Made(".mark", "rekb thing", known_before=("a.xml", "b/c.css"), grows=("site",))


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    return folder


def marked(folder: Path) -> None:
    fill(folder, "index.html", "papers/x.html")
    KIND.mark(folder)


@pytest.mark.parametrize(
    ("names", "mark_first", "fault"),
    [
        ((), False, ""),
        ((".DS_Store",), False, ""),
        (("thesis.tex",), False, "is not empty and was not made by `rekb thing`"),
        ((".git/config",), False, "is not empty and was not made by"),
        (("a.xml", "b/c.css", "other"), False, ""),
        (("a.xml",), False, "is not empty and was not made by"),
        ((), True, ""),
        (("papers/new.html", ".DS_Store"), True, ""),
        (("site/index.html",), True, ""),
        (("thesis.tex",), True, "holds `thesis.tex`, which `rekb thing` did not write"),
        ((".git/config",), True, "holds `.git`, which"),
    ],
)
def test_whose_a_folder_is(tmp_path: Path, names: tuple[str, ...], *, mark_first: bool, fault: str) -> None:
    target = tmp_path / "out"
    if mark_first:
        marked(target)
    fill(target, *names)
    if not fault:
        KIND.refuse_foreign(target)
    else:
        with pytest.raises(RekbError, match=fault):
            KIND.refuse_foreign(target)


def test_a_marker_of_before_names_nothing(tmp_path: Path) -> None:
    fill(tmp_path, "index.html", "docs/x.md")
    (tmp_path / ".mark").write_text("Written by `rekb thing`.\n", encoding="utf-8")
    KIND.refuse_foreign(tmp_path)


@pytest.mark.parametrize("place", [".", "..", "papers", "papers/2022", "docs", "mkdocs.yml", "link"])
def test_a_folder_is_not_made_in_the_place_of_its_sources(tmp_path: Path, place: str) -> None:
    root = fill(tmp_path / "kb", "mkdocs.yml", "papers/2022/x.yaml", "docs/index.md")
    for folder in (root, root / "papers", root / "docs"):
        KIND.mark(folder)  # a marker that somebody put there proves nothing
    (root / "link").symlink_to(tmp_path)
    with pytest.raises(RekbError, match=r"is no folder|holds what the pages are made of"):
        KIND.refuse_foreign(root / place, (root / "mkdocs.yml", root / "papers", root / "docs"))


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(tmp_path / "out")
    rename = Path.rename

    def full(path: Path, target: Path) -> Path:
        if path.name == "new" and not target.exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    with beside(tmp_path / "out") as work:
        (work / "new").mkdir()
        with pytest.raises(OSError, match="No space left"):
            put_in_place(work / "new", tmp_path / "out", work)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out" / "index.html").is_file()


def test_many_put_a_folder_in_one_place(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def run(number: int) -> None:
        try:
            for _ in range(20):
                with beside(tmp_path / "out") as work:
                    fill(work / "new", *(f"{number}-{part}" for part in range(3)))
                    put_in_place(work / "new", tmp_path / "out", work)
        except (OSError, RekbError) as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert len({path.name[0] for path in (tmp_path / "out").iterdir()}) == 1
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_links_are_found_and_not_followed(tmp_path: Path) -> None:
    docs = fill(tmp_path / "docs", "a.md", "b/c.md", ".hidden/x")
    (docs / "leak.txt").symlink_to("/etc/passwd")
    (docs / "b" / "loop").symlink_to(docs)
    (docs / ".hidden" / "lock").symlink_to("nowhere")
    (docs / "gone").symlink_to("nowhere")
    found = [path.relative_to(docs).as_posix() for path in links_below(docs, hidden=False)]
    assert found == ["b/loop", "gone", "leak.txt"]
    assert len(list(links_below(docs, hidden=True))) == 4
    assert list(links_below(tmp_path / "nowhere", hidden=True)) == []
    with pytest.raises(RekbError, match=r"not published: docs/b/loop, docs/gone, docs/leak\.txt; put"):
        refuse_links(links_below(docs, hidden=False), tmp_path)


@pytest.mark.parametrize(
    ("path", "inside"), [("docs", True), ("../kb/docs", True), ("..", False), ("/etc", False), ("out", False)]
)
def test_what_is_inside(tmp_path: Path, path: str, *, inside: bool) -> None:
    root = fill(tmp_path / "kb", "docs/index.md")
    (root / "out").symlink_to(tmp_path)
    if inside:
        refuse_outside(root / path, "docs_dir", (root,))
    else:
        with pytest.raises(RekbError, match=r"docs_dir: .* is outside the project"):
            refuse_outside(root / path, "docs_dir", (root,))
