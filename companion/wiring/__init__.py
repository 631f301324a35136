"""Puts the world together: the only package that names stores and this PC's adapters."""
