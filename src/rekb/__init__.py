"""rekb: a survey as a living knowledge base (one YAML file per work, checked, cited, browsable)."""

__version__ = "0.1.0"

REPOSITORY = "https://github.com/example/rekb"
"""Where this tool comes from; `rekb init` names it."""
