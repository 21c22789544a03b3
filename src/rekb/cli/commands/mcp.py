"""`rekb mcp`: the knowledge base for programs that speak the Model Context Protocol."""

from pathlib import Path

from rekb.errors import RekbError
from rekb.loading.places import refuse_other_folders


def serve_tools(root: Path) -> int:
    """Answer on standard output what is asked on standard input, until that ends.

    Raises:
        RekbError: when the folder is no knowledge base, or the package `mcp` is not installed.
    """
    refuse_other_folders(root.resolve())
    try:
        from rekb.answers.server import serve  # noqa: PLC0415 - an extra, which need not be installed
    except ModuleNotFoundError as error:
        # Where a module of another name is missing, the fault is ours, and its traceback says which it is.
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise RekbError("`rekb mcp` needs the package mcp: pip install 'rekb[mcp]'") from None
    serve(root)
    return 0
