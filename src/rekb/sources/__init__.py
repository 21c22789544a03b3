"""Others' formats, read as works: BibTeX, RIS, CSL-JSON, lists in Markdown, the issue form.

Everything that comes from outside is untrusted: sizes are capped, text is cleaned, links are http or https.
"""
