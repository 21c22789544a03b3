"""The adapter to MkDocs: the plugin, and what is set otherwise in the theme."""
