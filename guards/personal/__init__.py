"""Personal data: found in texts, and put out of sight of models that run elsewhere."""
