"""What this tool is: its version and where it comes from."""

__version__ = "0.1.0"

REPOSITORY = "https://github.com/example/rekb"
"""Where this tool comes from; `rekb init` names it."""
