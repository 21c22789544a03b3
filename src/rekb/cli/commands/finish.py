"""`rekb finish`: what no engine adds to the site that it built of a materialized project."""

from pathlib import Path

import click

from rekb.engines.finish import finish as finish_site
from rekb.text import printable, size_words


def finish(directory: Path) -> int:
    """Give each page its policy and pack the offline copy, in the project of `rekb materialize`."""
    finished = finish_site(directory)
    copy = f"an offline copy of {size_words(finished.offline)}" if finished.offline else "no offline copy"
    click.echo(
        f"finished {finished.pages} pages in {printable(str(directory))}/site: a policy in each, {copy}"
    )
    return 0
