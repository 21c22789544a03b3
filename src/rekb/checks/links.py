"""Rules on addresses: what they carry, and where code is kept."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from rekb.checks.addresses import links_in, tidied
from rekb.checks.registry import Finding, rule
from rekb.checks.texts import lines_by_file
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.model.hosts import CODE_HOSTS

_NAMES_OF_FORGES = frozenset({"git", "gitlab", "code", "github"})
"""Parts of a host's name that say what it is."""


@rule("untidy-link", Severity.HINT, local=True, fixable=True)
def untidy_link(base: KnowledgeBase) -> Iterator[Finding]:
    """An address leads somewhere and says nothing else, so that equal pages have equal addresses.

    Example: `http://arxiv.org/abs/2205.14135`, `https://example.org/?utm_source=feed`
    Fix: write https where the host speaks it, without tracking parameters and trailing `.git` or slash.
    """
    texts = lines_by_file(base)
    for file, document in base.documents.items():
        if not any(map(_is_untidy, f"\n{texts[file]}".split("\nhttp")[1:])):
            continue
        for path, address in links_in(document.value):
            tidy = tidied(address)
            if tidy != address:
                yield Finding(file, path, "the address can be tidier", f"write {tidy}")


def _is_untidy(rest: str) -> bool:
    """Whether an address can be tidier, of which the first letters are cut off, and other lines follow."""
    line, _, _ = rest.partition("\n")
    address = f"http{line}"
    return tidied(address) != address


@rule("unknown-code-host", Severity.HINT, local=True)
def unknown_code_host(base: KnowledgeBase) -> Iterator[Finding]:
    """Code is kept where code can be read; any other address is most often the project's page.

    Example: `code: {url: "https://example.org/our-method", official: true}`
    Fix: write the repository, or move the address to `project:`; exempt the entry where the code is there.
    """
    for key, entry in base.entries.items():
        if entry.links.code is None:
            continue
        host = urlsplit(entry.links.code.url).hostname or ""
        if not _keeps_code(host):
            message = f"{host} is no known host of code"
            hint = "is this the project's page?"
            yield Finding(base.entry_paths[key], ("links", "code", "url"), message, hint)


def _keeps_code(host: str) -> bool:
    # Universities and companies run forges of their own: `gitlab.example.edu`, `code.example.com`.
    if not _NAMES_OF_FORGES.isdisjoint(host.split(".")):
        return True
    for known in CODE_HOSTS:
        if host == known or host.endswith(f".{known}"):
            return True
    return False
