"""What leaves the app as files: feedback for analysts, training data for models."""
