"""Small views that several pages share."""
