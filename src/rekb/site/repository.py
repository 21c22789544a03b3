"""Where a repository's host has its edit pages and its issue forms."""

from urllib.parse import urlsplit

_EDIT = {"github": "edit/{}/", "gitlab": "-/edit/{}/", "codeberg": "_edit/{}/", "gitea": "_edit/{}/"}
_FORMS = {"github": "issues/new"}


def edit_base(repository: str, branch: str) -> str:
    """Return the address before which a file's path makes its edit page; or nothing for other hosts."""
    return _joined(repository, _EDIT).format(branch)


def report_base(repository: str) -> str:
    """Return the address of new issues that take a form and its fields; empty where the host has none."""
    return _joined(repository, _FORMS)


def _joined(repository: str, ends: dict[str, str]) -> str:
    address = urlsplit(repository)
    host = address.hostname or ""
    # A whole part of the host is compared: `gitlab.example.org` is a GitLab, `mygithub.com` is no GitHub.
    end = next((end for name, end in ends.items() if name in host.split(".")), "")
    # `javascript://github.com/` has the same host, and a browser would run it.
    if end and address.scheme in ("http", "https"):
        return f"{repository.rstrip('/')}/{end}"
    return ""
