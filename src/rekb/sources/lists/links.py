"""The addresses of a work by what they are: the paper, its code, its project."""

from dataclasses import dataclass, field

from rekb.sources.clean import safe_link
from rekb.sources.identifiers import known_in
from rekb.sources.lists.pieces import Link
from rekb.sources.lists.words import is_file_of_a_paper, is_language, role_of_address, role_of_label

ROLES_OF_LABELS = ("code", "project", "post", "other")
"""What labels say more surely than addresses do."""
_OF_ANY_PAGE = frozenset({"link", "links", "url", "here"})
"""Labels of a page that is the paper unless another link is."""


@dataclass(slots=True)
class Links:
    """Addresses by what they are; the first of a kind counts."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, role: str, address: str) -> None:
        """Take in an address; what is no web address is left out."""
        # Lists put the stop of a line right behind an address.
        safe = safe_link(address.rstrip(".,"))
        if is_file_of_a_paper(address):
            self.found.setdefault("file", address)
        if safe and role:
            self.found.setdefault(role, safe)

    def add_link(self, link: Link, *, is_title: bool = False) -> None:
        """Take in a link by its label and its address."""
        self.add(self._role(link, is_title=is_title), link.address)

    def _role(self, link: Link, *, is_title: bool) -> str:
        """Return what a link is: the label says it, else the host, else that it names the title."""
        by_host = role_of_address(link.address)
        is_known = bool(known_in(link.address))
        if is_title:
            return _role_of_title(by_host, is_known=is_known)
        role = _role_of_words(link, is_known=is_known)
        if role in ROLES_OF_LABELS:
            return role
        if by_host in ("code", "other"):
            return by_host
        if is_known or role == "paper":
            return _role_of_page(link, is_known=is_known)
        if link.image or link.bare or role == "link":
            return by_host or "paper"
        return "unnamed"

    def settled(self) -> dict[str, str]:
        """Return the addresses; the title's, or one that nothing names, is the paper's where no other is."""
        titled = self.found.get("titled", "")
        linked = self.found.get("linked", "")
        for role in ("linked", "titled", "unnamed"):
            if role in self.found:
                self.found.setdefault("paper", self.found[role])
        for page in (titled, linked):
            if page and page != self.found["paper"]:
                self.found.setdefault("project", page)
        if "post" in self.found:
            self.found.setdefault("paper", self.found["post"])
        return self.found


def _role_of_words(link: Link, *, is_known: bool) -> str:
    """Return what the words of a link say of it."""
    if link.bare and is_known:
        return "paper"
    if not is_known and is_language(link.label):
        return "code"
    return role_of_label(link.words, link.label)


def _role_of_page(link: Link, *, is_known: bool) -> str:
    """Return what a page is that its label calls a paper: `[Link]` may be any page of the work."""
    if not is_known and link.words <= _OF_ANY_PAGE:
        return "linked"
    return "paper"


def _role_of_title(by_host: str, *, is_known: bool) -> str:
    """Return what the link of a title is: the code, the paper, or a page that may be the paper."""
    if by_host == "code":
        return "code"
    if is_known:
        return "paper"
    return "titled"
