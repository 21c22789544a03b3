"""Files of the theme that no page of a site asks for: two megabytes of source maps and word lists."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

_OF_THEME = "material"
_UNREAD = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""What the theme's own search loads; the search boxes are ours, see `theme/partials/search.html`."""
_MAP = ".map"
"""How a file ends that shows a person who debugs the theme what its scripts looked like."""


def leave_out(files: Files, config: MkDocsConfig) -> None:
    """Let MkDocs write no file of the theme that nothing loads."""
    own = config.theme.custom_dir
    # A template of somebody's own may bring the theme's search back.
    if config.theme.name != _OF_THEME or (own and any(Path(own).rglob("*.html"))):
        return
    for file in [*files]:
        # What people put below docs/ stays, whatever it is called.
        theirs = file.src_dir == config.docs_dir or file.generated_by
        if not theirs and (file.src_uri.startswith(_UNREAD) or file.src_uri.endswith(_MAP)):
            files.remove(file)
