"""The short, private log after hard calls."""
