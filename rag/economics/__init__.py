"""Build or buy: what this traffic costs on hosted models, and on one of one's own."""
