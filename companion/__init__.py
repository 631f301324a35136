"""Companion (随席): the quick phrases and bookmarks of a hot-desk agent, on whichever desk they sit."""

__version__ = "0.1.0"
