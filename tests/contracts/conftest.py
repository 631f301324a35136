"""Which contracts are tried on which system."""

import sys

# D-Bus, and the package that speaks it, are Linux's.
collect_ignore = [] if sys.platform == "linux" else ["test_portal_hotkeys.py"]
