"""Finding a phrase, filling its slots and putting it into another program's window."""
