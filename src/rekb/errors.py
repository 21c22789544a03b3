"""Errors that end a run: the command prints the message and exits with status 2."""


class RekbError(Exception):
    """The run cannot go on; the message says what is wrong and what to do instead."""


class SourceError(RekbError):
    """A source cannot be read; the message says what to give instead; others of the run go on."""


class CannotWriteError(RekbError):
    """A file cannot be written: the next one could not be either, so the run ends."""


class NoWorkError(SourceError):
    """A line of a list names no work: news, contents, a note; nothing is lost by passing over it."""


class LookupFailedError(RekbError):
    """A service could not be asked, or its answer is of no use; the message names the address."""


class NoServiceError(LookupFailedError):
    """No service can be asked about identifiers of this kind; the work comes in by its BibTeX."""

    def __init__(self, identifier: str) -> None:
        super().__init__(f"no service knows {identifier}: give its BibTeX instead")
        self.identifier = identifier
        """What was asked for, as people write it."""


class UnknownWorkError(LookupFailedError):
    """A service was asked and knows no such work: its number or address is wrong."""


class QueryError(RekbError):
    """A query names a facet or a word that does not exist; the message has the nearest that do."""
