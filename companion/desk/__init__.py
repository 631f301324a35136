"""The PC: everything that speaks to the operating system."""
