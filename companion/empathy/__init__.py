"""What a customer may really need, and how to say it."""
