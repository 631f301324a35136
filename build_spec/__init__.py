"""What sets Companion up in a clone, and how it is frozen and packed for a desk."""
