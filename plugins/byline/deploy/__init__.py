"""Deploying: a release goes to its targets, is looked at there, and can be taken back."""
