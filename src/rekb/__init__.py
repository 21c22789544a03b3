"""rekb: a survey as a living knowledge base (one YAML file per work, checked, cited, browsable).

    import rekb

    base = rekb.load("path/to/the/knowledge-base")
    base.select(saves="memory", phase="inference", needs__not="retraining")

docs/reference/api.md describes what can be used from here; everything else may change without notice.
Importing this package is cheap: what a name needs is imported when the name is first used.
"""

from typing import TYPE_CHECKING

from rekb.about import REPOSITORY, __version__
from rekb.later import later

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

__getattr__ = later(globals(), dict.fromkeys(__all__, "rekb.api"))


def __dir__() -> list[str]:
    """Return the public names, those not imported yet included."""
    return sorted({*globals(), *__all__})
