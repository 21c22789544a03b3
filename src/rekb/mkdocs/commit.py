"""The commit that a site is built from, read from git's files; a copy without git has none."""

import re
from pathlib import Path

_SHOWN = 9
_HASH = re.compile(r"[0-9a-f]{40,64}")


def commit_of(root: Path) -> str:
    """Return the short name of the commit that is checked out around a folder, or nothing."""
    for folder in (root.resolve(), *root.resolve().parents):
        if (folder / ".git").exists():
            return _head(folder / ".git")[:_SHOWN]
    return ""


def _head(git: Path) -> str:
    try:
        if git.is_file():  # a worktree: the file names the folder
            named = git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            git = git.parent / named
        # A worktree has a HEAD of its own; its branches are those of the repository in `commondir`.
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref:"):
            return _hash(head)
        common = git
        if (git / "commondir").is_file():
            common = git / (git / "commondir").read_text(encoding="utf-8").strip()
        return _of_branch(common, head.removeprefix("ref:").strip())
    except (OSError, UnicodeDecodeError):
        return ""


def _of_branch(git: Path, branch: str) -> str:
    # A branch may be in `packed-refs` too, left from before: git goes by the loose file.
    loose = git / branch
    if loose.is_file():
        return _hash(loose.read_text(encoding="utf-8").strip())
    packed = git / "packed-refs"
    if not packed.is_file():
        return ""
    for line in packed.read_text(encoding="utf-8").splitlines():
        if line.endswith(f" {branch}"):
            return _hash(line.partition(" ")[0])
    return ""


def _hash(text: str) -> str:
    if _HASH.fullmatch(text):
        return text
    return ""
