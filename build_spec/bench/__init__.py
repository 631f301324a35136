"""Measures Companion against the bars it has set itself; it reports and asserts nothing."""
