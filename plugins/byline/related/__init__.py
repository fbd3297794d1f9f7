"""Related reading: where a post leads on to."""
