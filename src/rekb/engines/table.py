"""The engines that a project is written for, and what each wants otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that makes a site of a docs folder and a configuration."""

    install: str
    """What is installed for it, as pip is given it."""
    build: str
    """The command that builds, run in the project's folder."""
    config: str = "mkdocs.yml"
    """How it calls its configuration."""
    theme: Mapping[str, Any] = field(default_factory=dict)
    """Settings of the theme that are other than those for Material."""
    search: str | Mapping[str, Any] = "search"
    """How the search plugin is listed. Themes show a search box only where it is; the index is ours."""
    styles: tuple[str, ...] = ()
    """Style sheets of ours that stand in for what its theme has no style for."""
    runs_plugins: bool = True
    """Whether it runs plugins that other people wrote for MkDocs."""


ENGINES: Mapping[str, Engine] = {
    "mkdocs": Engine("mkdocs==1.6.1 mkdocs-material", "mkdocs build --strict"),
    "properdocs": Engine("properdocs mkdocs-material", "properdocs build --strict", config="properdocs.yml"),
    "materialx": Engine(
        "mkdocs-materialx",
        "properdocs build --strict",
        config="properdocs.yml",
        theme={"name": "materialx", "topbar": {"style": "primary"}},
        # Its usual index is made by a program that reads every page again; ours is there already.
        search={"search": {"provider": "lunr"}},
    ),
    "zensical": Engine(
        "zensical",
        "zensical build",
        # Without it the theme looks otherwise, and our style sheet is made for Material's look.
        theme={"variant": "classic"},
        styles=("header.css",),
        runs_plugins=False,
    ),
}
"""By the names that `rekb materialize --engine` takes."""
