"""Errors that end a run: the command prints the message and exits with status 2."""


class RekbError(Exception):
    """The run cannot go on; the message says what is wrong and what to do instead."""
