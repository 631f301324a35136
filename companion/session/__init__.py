"""Sit down, work, stand up: one agent's time at one desk."""
