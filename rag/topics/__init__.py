"""Topics: questions grouped by what they mean, here and by nobody else, and what the documents do not answer."""
