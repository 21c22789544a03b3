"""Parts of entries and topics that may be absent, as lists and texts that are empty then."""

from rekb.model.entry import Entry
from rekb.model.topic import Topic
from rekb.model.variant import Variant


def survey_rows_of(entry: Entry) -> tuple[int, ...]:
    """Return the rows of the survey's list that an entry answers for; none for a work added since."""
    if entry.survey is None:
        return ()
    return entry.survey.rows


def variants_of(entry: Entry) -> tuple[Variant, ...]:
    """Return the published sizes of an entry's model; none where it publishes no model."""
    if entry.model is None:
        return ()
    return entry.model.variants


def has_cache(entry: Entry) -> bool:
    """Whether an entry's model keeps keys and values of earlier tokens, known or not."""
    return entry.model is not None and entry.model.attention_cache


def texts_of(explained: Entry | Topic) -> tuple[tuple[str, str], ...]:
    """Return the reading levels that are written, each with its text, in the order of the file."""
    if explained.summary is None:
        return ()
    return tuple(explained.summary.named())


def text_of(explained: Entry | Topic, level: str) -> str:
    """Return the text of a reading level; empty where it is not written."""
    if explained.summary is None:
        return ""
    return explained.summary.text(level)
