"""A site as a list of outputs: Pelican hosted, read once, made when asked for. Not the server, not the deploy."""
