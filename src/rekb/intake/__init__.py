"""A found work becomes an entry: compared with what is there, its venue and topics found, and drafted."""
