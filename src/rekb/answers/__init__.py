"""What programs are answered: the JSON of `search`, `show` and `numbers`, and the tools of `rekb mcp`."""
