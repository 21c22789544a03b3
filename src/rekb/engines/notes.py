"""What `rekb materialize` leaves in a project for `rekb finish`."""

from rekb.folders import Made

PROJECT = Made(".rekb-materialized", "rekb materialize", grows=("site", ".cache"))
"""The folder of `rekb materialize`; what an engine builds in it is made again."""
NOTES = "rekb-finish.json"
"""What must be known: the site's address, whether it has an offline copy, which files were renamed."""
WAITING = "rekb-offline:"
"""How the comment begins that holds the line of the offline copy until there is one."""
TEXT = ".txt"
"""What is added to the names of Markdown files that are no pages: every engine takes those for pages."""
