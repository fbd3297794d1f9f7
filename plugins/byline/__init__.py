"""Byline, a static personal-brand blog engine on Pelican: one import package, its rooms in floors."""
