"""Services that know works: arXiv, Crossref, OpenReview, DOI registries, and the one way to other hosts."""
