"""One page of each kind, by the name that reports give it."""

KINDS = {
    "home": "",
    "topics": "topics/",
    "inner topic": "topics/architectures/efficient-attention/",
    "leaf topic": "topics/architectures/efficient-attention/exact-attention/",
    "entry": "papers/dao2022flashattention/",
    "entry of a model": "papers/touvron2023llamac/",
    "explore": "explore/",
    "compare": "compare/?papers=dao2022flashattention,vaswani2017attention",
    "bibliography": "bibliography/",
    "measured": "measured/",
    "combines": "combines/",
    "models": "models/",
    "statistics": "statistics/",
    "coverage": "coverage/",
    "changes": "changes/",
    "downloads": "downloads/",
    "browse": "browse/",
    "listing": "resources/memory/",
    "authors": "authors/d/",
    "prose": "about/",
    "reference": "reference/commands/",
    "lost": "404.html",
}
ENTRY = KINDS["entry"]
