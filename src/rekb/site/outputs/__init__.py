"""What the site holds beside its pages: feeds, files for programs, search, cards, the offline copy."""
