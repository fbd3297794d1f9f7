"""Checks: what is wrong with a whole site, found in one pass over its pages."""
