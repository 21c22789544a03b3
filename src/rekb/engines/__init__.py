"""The site under engines that do not run our plugin: a plain project for each, and what is added to what they built."""
