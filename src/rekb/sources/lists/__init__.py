"""Lists of papers in Markdown: text to events, to blocks, to works with their fields."""
