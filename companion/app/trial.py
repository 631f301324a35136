"""Where the hotkey is only being tried, in a window of our own."""

from typing import Protocol


class Trial(Protocol):
    """Whoever has a field in which a phrase may be tried."""

    def trial_name(self) -> str | None:
        """What the field is called in which the hotkey is being tried; None where it is not."""

    def take_trial(self, text: str) -> bool:
        """Insert a text there; false where nothing is being tried."""


class NoTrial:
    """Nothing is being tried."""

    def trial_name(self) -> str | None:
        """None: there is no such field."""
        return None

    def take_trial(self, text: str) -> bool:
        """Take nothing."""
        return False
