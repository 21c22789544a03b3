"""Names of a package that are imported when they are asked for, so that importing the package is cheap."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def later(package: dict[str, Any], homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return what a package has as its `__getattr__`.

    Args:
        package: its `globals()`.
        homes: name to the module that makes it.
    """

    def found(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package['__name__']!r} has no attribute {name!r}")
        value = getattr(import_module(homes[name]), name)
        # Python asks `__getattr__` only for names that a module lacks, so each is looked up once (PEP 562).
        package[name] = value
        return value

    return found
