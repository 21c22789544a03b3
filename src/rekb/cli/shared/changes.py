"""Which data files differ from a revision of the git repository, and what they held then."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from rekb.errors import RekbError
from rekb.loading.layout import PAPERS, TAXONOMY
from rekb.text import printable

_FOLDERS = (PAPERS, TAXONOMY)
_NO_SUCH_REVISION = 1
"""How `git rev-parse --verify --quiet` ends for a name that stands for nothing; other faults are above 1."""


class GitFailedError(RekbError):
    """git ended with an error."""

    def __init__(self, command: str, status: int, message: str) -> None:
        super().__init__(f"git {command}: {message or f'exit status {status}'}")
        self.status = status


def changed_since(root: Path, revision: str) -> dict[str, bytes | None]:
    """Return every data file that differs from where this line of work left `revision`, with its old bytes.

    Files that git does not know yet count as changed; what it ignores does not.

    Args:
        root: the knowledge base's folder, in a git repository.
        revision: a branch, tag or commit.

    Returns:
        Path below the root to the bytes it held then, or `None` for a new file.

    Raises:
        RekbError: without git, outside a repository, or when there is no such revision.
    """
    start = _start(root, revision)
    # With renames git names only the new path. By `--no-ext-diff` no program of a person's settings runs.
    # Without `-z` git puts quotes and escapes around names beyond ASCII.
    options = ("--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z")
    differing = _git(root, "diff", *options, start, "--", *_FOLDERS)
    unknown = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *_FOLDERS)
    paths = sorted({path for path in (differing + unknown).split(b"\0") if path})
    return {printable(_decoded(path)): old for path, old in zip(paths, _old(root, start, paths), strict=True)}


def _start(root: Path, revision: str) -> str:
    """Return the commit at which the current line of work left a revision."""
    # A revision that begins with a hyphen is no option; of a tag, the commit behind it is wanted.
    wanted = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    try:
        commit = _git(root, "rev-parse", *wanted).decode().strip()
    except GitFailedError as error:
        if error.status != _NO_SUCH_REVISION:
            raise
        hint = "name a branch, tag or commit; a shallow clone may need more history (fetch-depth: 0)"
        raise RekbError(f"git knows no revision `{printable(revision)}`: {hint}") from error
    try:
        return _git(root, "merge-base", commit, "HEAD").decode().split()[0]
    except RekbError as error:
        message = f"`{printable(revision)}` and the current state have no common history here"
        raise RekbError(f"{message}: fetch more of it (fetch-depth: 0)") from error


def _old(root: Path, start: str, paths: Sequence[bytes]) -> list[bytes | None]:
    """Return the bytes of files in a commit; `None` for those that it does not have."""
    # git reads one name a line; a name with a line end is no data file.
    plain = [path for path in paths if b"\n" not in path]
    # Without `./` git takes a path from the top of the repository. One process answers for all files.
    asked = b"".join(b"%s:./%s\n" % (start.encode(), path) for path in plain)
    answer = _git(root, "cat-file", "--batch", given=asked)
    found: dict[bytes, bytes] = {}
    for path in plain:
        head, _, answer = answer.partition(b"\n")
        size = head.rsplit(b" ", 1)[-1]
        # Of a file that the commit lacks, git says `NAME missing`; behind each content it puts a line end.
        if size.isdigit():
            found[path], answer = answer[: int(size)], answer[int(size) + 1 :]
    kept: list[bytes | None] = []
    for path in paths:
        kept.append(found.get(path))
    return kept


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ("git", "-C", str(root), *arguments)
    try:
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout  # noqa: S603 - no shell
    except FileNotFoundError as error:
        raise RekbError("--changed-since needs git, which is not installed here") from error
    except subprocess.CalledProcessError as error:
        message = printable(error.stderr.decode("utf-8", "replace").strip())
        raise GitFailedError(arguments[0], error.returncode, message) from error


def _decoded(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")
