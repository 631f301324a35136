"""What Companion needs of a desk's secret store, as a protocol that each platform fulfils."""

from typing import Protocol

TIME_OUT = "time-out"
"""Why a secret store cannot be used that did not answer: it may do so still."""
MOST_SECRET_BYTES = 2_560
"""As UTF-16: Windows refuses a longer one, and says so in no readable way."""


class Secrets(Protocol):
    """The secret store of this desk's user. Every call may block: never on the GUI thread."""

    def may_ask(self) -> bool:
        """Whether it may ask for a password of its own, later. Raises SecretsUnavailable."""

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, in the place of an older one. Raises SecretsUnavailable.

        Above MOST_SECRET_BYTES it is refused on every desk, without asking the store.
        """

    def get(self, name: str) -> str | None:
        """The secret kept under name, or None. Raises SecretsUnavailable."""

    def delete(self, name: str) -> None:
        """Forget a secret; unknown names are no error. Raises SecretsUnavailable."""
