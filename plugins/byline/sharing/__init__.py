"""Sharing: a live post is told to the writer's networks, each place once, and where its copies are is kept."""
