"""From files to a knowledge base: where files are, how values become models, what earlier runs read."""
