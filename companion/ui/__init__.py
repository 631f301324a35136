"""Widgets that show and ask, and decide nothing."""
