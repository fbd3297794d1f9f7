"""Hypothesis as these tests use it: the same examples each time, however slow the machine, and nothing kept on disk."""

from hypothesis import settings

settings.register_profile("byline", deadline=None, derandomize=True, database=None, max_examples=200)
settings.load_profile("byline")
