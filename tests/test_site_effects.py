"""Effects on pages show where a resource goes: what is gained of throughput goes up."""

from dataclasses import replace

import pytest

from rekb.kb import KnowledgeBase
from rekb.model.entry import Effect
from rekb.site import SiteSettings, build_site
from rekb.site.parts.views import effect_view
from samples import sample_base

SETTINGS = SiteSettings("Name", "What it is.", "https://example.org/kb/", "")


def directed() -> KnowledgeBase:
    """Return the sample works where more quality is the gain."""
    base = sample_base()
    quality = base.facets["resource"]["quality"].model_copy(update={"better": "more"})
    resources = {**base.facets["resource"], "quality": quality}
    return replace(base, facets={**base.facets, "resource": resources})


@pytest.mark.parametrize(
    ("resource", "change", "verb", "signed"),
    [
        ("memory", "saves", "saves", "↓ memory"),
        ("memory", "costs", "costs", "↑ memory"),
        ("quality", "saves", "raises", "↑ quality"),
        ("quality", "costs", "lowers", "↓ quality"),
        ("unheard-of", "saves", "saves", "↓ unheard-of"),
    ],
)
def test_an_effect_has_a_verb_and_an_arrow(resource: str, change: str, verb: str, signed: str) -> None:
    fields = {"resource": resource, "phase": "inference", "change": change, "how": "does it"}
    shown = effect_view(directed(), Effect.model_validate(fields))
    assert (shown.verb, shown.resource.signed.lower()) == (verb, signed)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("papers/dao2022flashthing/", 'aria-hidden="true">↑</span> <span class="rekb-hidden">raises</span>'),
        ("resources/quality/", "Raised: training"),
        ("phases/training/", "Raises quality"),
        ("explore/", '<b><span aria-hidden="true">↑</span> quality</b>'),
        ("statistics/", "↑ quality"),
    ],
)
def test_pages_point_a_gain_upwards_where_more_is_better(path: str, expected: str) -> None:
    base = directed()
    key = "dao2022flashthing"
    gain = {"resource": "quality", "phase": "training", "change": "saves", "how": "keeps more"}
    entry = base.entries[key].model_copy(update={"effects": (Effect.model_validate(gain),)})
    site = build_site(replace(base, entries={**base.entries, key: entry}), SETTINGS)
    bodies = {page.path: str(page.body) for page in site.pages}
    assert expected in bodies[path]
