"""The list of commands in `rekb --help`: grouped by what a person wants to do, with whole sentences."""

import click

from rekb.cli.shared.manual import GROUPS

_LONGEST_SENTENCE = 200
"""Letters of a command's first sentence; a longer one is cut."""


class Grouped(click.Group):
    """A group of commands whose help lists them under headings."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under the headings of `GROUPS`, all in one column."""
        widest = max((len(name) for name in self.commands), default=0)
        for heading, names in GROUPS.items():
            rows = []
            for name in names:
                command = self.get_command(ctx, name)
                if command is not None and not command.hidden:
                    rows.append((name.ljust(widest), command.get_short_help_str(_LONGEST_SENTENCE)))
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)
