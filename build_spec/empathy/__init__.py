"""Makes the models of the empathy prompts from messages, and says how good they are."""
