"""Work off the GUI thread, and one app per desk."""
