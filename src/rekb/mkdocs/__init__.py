"""The adapter to MkDocs: the plugin, and what the theme is told otherwise."""
