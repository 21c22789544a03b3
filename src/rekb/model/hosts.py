"""Hosts that keep code and models: one table for what is imported, checked, found and counted as primary."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class CodeHost:
    """A host where code is kept."""

    host: str
    keeps: Literal["repositories", "models", "files", "packages"]
    """How its addresses begin: with owner and repository (of code, or of models), or with the same and then
    one file; `packages` is any other way."""


HOSTS: tuple[CodeHost, ...] = (
    CodeHost("github.com", "repositories"),
    CodeHost("gitlab.com", "repositories"),
    CodeHost("bitbucket.org", "repositories"),
    CodeHost("codeberg.org", "repositories"),
    CodeHost("gitee.com", "repositories"),
    CodeHost("huggingface.co", "models"),
    CodeHost("modelscope.cn", "models"),
    CodeHost("raw.githubusercontent.com", "files"),
    CodeHost("sourceforge.net", "packages"),
    CodeHost("zenodo.org", "packages"),
    CodeHost("sr.ht", "packages"),
    CodeHost("googlesource.com", "packages"),
    CodeHost("opendev.org", "packages"),
    CodeHost("code.google.com", "packages"),
    CodeHost("anonymous.4open.science", "packages"),
    CodeHost("pypi.org", "packages"),
)


def _that_keep(*kinds: str) -> frozenset[str]:
    return frozenset(one.host for one in HOSTS if one.keeps in kinds)


REPOSITORY_HOSTS = _that_keep("repositories")
"""Hosts of code whose addresses are an owner and a repository."""
MODEL_HOSTS = _that_keep("models")
"""Hosts of models; their addresses are an owner and a repository, too."""
FORGES = REPOSITORY_HOSTS | MODEL_HOSTS
"""Hosts where anybody keeps repositories."""
OWNED_HOSTS = FORGES | _that_keep("files")
"""Hosts whose addresses begin with an owner: whose page it is, the host does not say."""
CODE_HOSTS = FORGES | _that_keep("packages")
"""Hosts whose business is to keep code; names below them count too."""
