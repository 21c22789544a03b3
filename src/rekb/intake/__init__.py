"""Works from elsewhere become entries: sources are read, looked up, compared with what is there, and drafted.

Everything that comes from outside is untrusted: sizes are capped, text is cleaned, links are http or https.
"""
