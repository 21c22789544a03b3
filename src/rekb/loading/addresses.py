"""The addresses in mkdocs.yml: where the site of a knowledge base is, and its repository."""

import re
from pathlib import Path


def addresses_in(file: Path) -> dict[str, str]:
    """Return the addresses at the top level of a YAML file; the rest of it may need tags of MkDocs."""
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8")
    return dict(re.findall(r"""(?m)^([a-z_-]+):[ ]*["']?(https?://[^"'\s]+)""", text))


def site_address(root: Path) -> str:
    """Return the address of the site with a slash at its end; empty where mkdocs.yml gives none.

    A link is not followed: it may lead out of the knowledge base.
    """
    file = root / "mkdocs.yml"
    if file.is_symlink():
        return ""
    address = addresses_in(file).get("site_url", "")
    if not address:
        return ""
    return f"{address.rstrip('/')}/"
