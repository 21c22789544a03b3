"""rekb: a survey as a living knowledge base (one YAML file per work, checked, cited, browsable)."""

__version__ = "0.1.0"
