"""rekb: a survey as a living knowledge base (one YAML file per work, checked, cited, browsable).

    import rekb

    base = rekb.load("path/to/the/knowledge-base")
    base.select(saves="memory", phase="inference", needs__not="retraining")

docs/reference/api.md describes what can be used from here; everything else may change without notice.
Importing this package is cheap: what a name needs is imported when the name is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rekb.about import REPOSITORY, __version__

if TYPE_CHECKING:
    from rekb.api import (
        Base,
        Diagnostic,
        LoadError,
        QueryError,
        RekbError,
        Report,
        UnknownKeyError,
        Work,
        Works,
        check,
        export,
        load,
    )

__all__ = [
    "REPOSITORY",
    "Base",
    "Diagnostic",
    "LoadError",
    "QueryError",
    "RekbError",
    "Report",
    "UnknownKeyError",
    "Work",
    "Works",
    "__version__",
    "check",
    "export",
    "load",
]


def __getattr__(name: str) -> Any:
    """Import what a public name needs, once it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'rekb' has no attribute {name!r}")
    found = getattr(import_module("rekb.api"), name)
    # Python asks `__getattr__` only for names that a module lacks, so each is looked up once (PEP 562).
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names, those not imported yet included."""
    return sorted({*globals(), *__all__})
