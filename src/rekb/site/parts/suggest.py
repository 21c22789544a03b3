"""Where readers suggest a work that is missing: the issue form, with the topic filled in."""

from urllib.parse import quote, urlencode

from rekb.site.page import SiteSettings

_FORM = "suggest-work.yml"


def suggest_address(settings: SiteSettings, topic: str = "") -> str:
    """Return the address of the form; empty where the repository's host has no forms."""
    if not settings.report_base:
        return ""
    # GitHub fills the field of a form that has a parameter's name as its id.
    filled = {"template": _FORM}
    if topic:
        filled["topics"] = topic
    return f"{settings.report_base}?{urlencode(filled, quote_via=quote)}"
