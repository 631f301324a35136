"""The portable profile: records, merge, sealing and packs, in pure Python."""
