"""From files to a knowledge base: where files stand, how values become models, what earlier runs read."""
