"""Companion (随席): quick phrases and bookmarks on whichever desk an agent sits."""

__version__ = "0.1.0"
