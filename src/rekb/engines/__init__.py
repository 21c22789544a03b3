"""The site under engines without our plugin: a project for each, and what is added when it is built."""
