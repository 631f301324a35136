"""Bookmarks of the profile: browsers on this desk and opening what was kept."""
