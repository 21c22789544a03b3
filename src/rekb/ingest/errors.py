"""What can go wrong with one source; a run over many goes on with the next."""

from rekb.errors import RekbError


class SourceError(RekbError):
    """A source cannot be read; the message says what to give instead."""


class LookupFailedError(RekbError):
    """A service could not be asked, or its answer is of no use; the message names the address."""
