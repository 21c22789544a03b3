"""One work as a citation in each format: pure functions of key, entry and venues."""
