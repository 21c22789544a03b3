"""What a new knowledge base is to be called, where it will live and under which terms."""

import json
import re
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from rekb.about import REPOSITORY, __version__
from rekb.errors import RekbError
from rekb.model.base import Line, Link
from rekb.spelling import slug_of

REQUIREMENT = f"rekb @ git+{REPOSITORY}@v{__version__}"
"""How a knowledge base asks pip for the released tool."""
# `$` would also fit before a line end at the end, which `\Z` does not.
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_REQUIREMENT = re.compile(r"rekb(?:\[[a-z,]+\])?\s*(?:@\s*\S+|[<>=!~]=?\S.*|)\Z")
_OWNER_AND_NAME = 2
"""Parts of the path of a repository's page."""
_LINE = TypeAdapter(Line)
_LINK = TypeAdapter(Link)


@dataclass(frozen=True, slots=True)
class DataLicence:
    """A licence for facts and texts."""

    id: str
    """Its SPDX identifier."""
    name: str
    long: str
    url: str
    says: str
    """What it asks for, in a sentence."""


def _creative(kind: str, name: str, long: str, says: str) -> DataLicence:
    # `CC-BY-SA-4.0` is at `licenses/by-sa/4.0/`; CC0 gives up rights and has a folder of its own.
    if kind == "CC0-1.0":
        path = "publicdomain/zero/1.0"
    else:
        path = f"licenses/{kind[3:-4].lower()}/4.0"
    return DataLicence(kind, name, long, f"https://creativecommons.org/{path}/", says)


_OFFERED = (
    _creative(
        "CC-BY-4.0",
        "CC BY 4.0",
        "the Creative Commons Attribution 4.0 International licence",
        "You may share and adapt them for any purpose, also commercially, if you give appropriate "
        "credit, link to the licence and say whether you changed anything.",
    ),
    _creative(
        "CC-BY-SA-4.0",
        "CC BY-SA 4.0",
        "the Creative Commons Attribution-ShareAlike 4.0 International licence",
        "You may share and adapt them for any purpose if you give appropriate credit and pass your "
        "changes on under the same licence.",
    ),
    _creative(
        "CC0-1.0",
        "CC0 1.0",
        "the Creative Commons CC0 1.0 Universal dedication",
        "To the extent possible under law, all copyright and related rights are waived.",
    ),
    DataLicence(
        "ODC-By-1.0",
        "ODC-By 1.0",
        "the Open Data Commons Attribution License v1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
        "You may share, make from and adapt the data if you attribute it.",
    ),
)
LICENCES: dict[str, DataLicence] = {licence.id: licence for licence in _OFFERED}
"""The licences that can be chosen for facts and texts, by SPDX identifier."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the files of a new knowledge base are made of."""

    title: str
    description: str
    site_url: str
    repo_url: str
    colour: str
    licence: DataLicence
    owner: str
    requirement: str
    today: date

    def checked(self) -> Self:
        """Return the plan, whose every part can stand where the files put it.

        Raises:
            RekbError: for the first part that cannot.
        """
        _refuse_text("title", self.title)
        _refuse_text("description", self.description)
        _refuse_text("owner", self.owner)
        _refuse("site-url", self.site_url, _LINK, "write a web address, https://...")
        _refuse("repo-url", self.repo_url, _LINK, "write a web address, https://...")
        if not _COLOUR.match(self.colour):
            raise RekbError(f"the colour {self.colour!r} is none: write it as #0a6b62")
        if not _REQUIREMENT.match(self.requirement):
            raise RekbError(
                f"{self.requirement!r} is no requirement for rekb: write one such as {REQUIREMENT}"
            )
        return self


def _refuse_text(name: str, text: str) -> None:
    _refuse(name, text, _LINE, "write one line of text")
    holds_markup = not {"<", ">"}.isdisjoint(text)
    if holds_markup:
        raise RekbError(f"the {name} holds < or >, which the theme takes for markup: leave them out")


def _refuse(name: str, text: str, kind: TypeAdapter[str], hint: str) -> None:
    try:
        kind.validate_python(text)
    except ValidationError as error:
        raise RekbError(f"the {name} {text!r} will not do: {hint}") from error
    if not text.isprintable():
        raise RekbError(f"the {name} {text!r} holds a character that cannot be seen: delete it")


def title_of(folder: str) -> str:
    """Return a title made of a folder's name: ``my-survey`` is ``My survey``."""
    words = re.sub(r"[\W_]+", " ", folder).strip()
    # `capitalize` would write the other letters small: `Llm survey`.
    return words[:1].upper() + words[1:] or "My survey"


def site_of(repo_url: str, folder: str) -> str:
    """Return where the site of a repository is published: at GitHub's pages, else unknown."""
    unknown = f"https://example.org/{name_in_address(folder)}/"
    address = urlsplit(repo_url)
    names = list(filter(None, address.path.split("/")))
    if address.hostname != "github.com" or len(names) != _OWNER_AND_NAME:
        return unknown
    owner, name = names
    name = name.removesuffix(".git")
    # `github.com/example/...` is written where nobody named a repository: it has no site.
    if owner == "example":
        return unknown
    # GitHub serves a project's site below its owner's host, whose name is in small letters.
    home = f"{owner.lower()}.github.io"
    # A repository of that name is the owner's own site, which has no folder.
    if name.lower() == home:
        return f"https://{home}/"
    return f"https://{home}/{name}/"


def name_in_address(folder: str) -> str:
    """Return a folder's name as an address has it."""
    return slug_of(folder) or "survey"


def requirement_of(text: str) -> str:
    """Return a requirement as pip reads it: the path of a wheel or a checkout becomes an address."""
    if _REQUIREMENT.match(text):
        return text
    is_path = "/" in text or text.endswith(".whl")
    if not is_path:
        return text
    # A shell leaves the `~` of `--rekb=~/rekb` as it is.
    path = Path(text).expanduser().resolve()
    if not path.exists():
        raise RekbError(f"there is no wheel or checkout {text}")
    return f"rekb @ {path.as_uri()}"


def is_placeholder(requirement: str) -> bool:
    """Whether a requirement leads to the address of an example in place of the tool's own."""
    if not urlsplit(REPOSITORY).path.startswith("/example/"):
        return False
    return f"{REPOSITORY}@" in requirement


def default_requirement() -> str:
    """Return how to ask pip for the tool that is running: its exact commit where it came from git."""
    try:
        # Where a package came from, as pip writes it down beside it (PEP 610); absent for one of an index.
        origin = json.loads(distribution("rekb").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, json.JSONDecodeError):
        return REQUIREMENT
    address = origin.get("url")
    commit = origin.get("vcs_info", {}).get("commit_id")
    if not address or not commit:
        return REQUIREMENT
    return f"rekb @ git+{address}@{commit}"
