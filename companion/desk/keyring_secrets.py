"""The desk's secret store through keyring, with a time-out: a locked one may hang for ever."""

import threading
from collections.abc import Callable
from typing import TypeVar

from companion.errors import SecretsUnavailable

_T = TypeVar("_T")
_SERVICE = "Companion"
_TIMEOUT_S = 5.0
# Windows refuses a credential above 2,560 bytes of UTF-16, and says so in no readable way.
_MOST_CHARACTERS = 1280


class KeyringSecrets:
    """Secrets kept by Windows Credential Manager, Secret Service or KWallet."""

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""
        if len(secret) > _MOST_CHARACTERS:
            raise SecretsUnavailable(reason="too long")

        def act() -> None:
            import keyring

            backend = keyring.get_keyring()
            # Kept for this log-on session only, or it would roam to other PCs with the account.
            if hasattr(backend, "persist"):
                backend.persist = "session"
            backend.set_password(_SERVICE, name, secret)

        _in_time(act)

    def get(self, name: str) -> str | None:
        """The secret kept under name, or None."""

        def act() -> str | None:
            import keyring

            return keyring.get_password(_SERVICE, name)

        return _in_time(act)

    def delete(self, name: str) -> None:
        """Forget a secret."""

        def act() -> None:
            import keyring
            from keyring.errors import PasswordDeleteError

            try:
                keyring.delete_password(_SERVICE, name)
            except PasswordDeleteError:
                # Not there: nothing to forget.
                return

        _in_time(act)


def _in_time(act: Callable[[], _T]) -> _T:
    """The answer of act, or SecretsUnavailable when it fails or takes longer than the time-out."""
    answers: list[_T] = []
    failures: list[Exception] = []

    def work() -> None:
        try:
            answers.append(act())
        except Exception as error:
            # Back ends raise what their libraries raise; the class's name says enough for IT.
            failures.append(error)

    thread = threading.Thread(target=work, daemon=True, name="keyring")
    thread.start()
    thread.join(_TIMEOUT_S)
    if failures:
        raise SecretsUnavailable(reason=type(failures[0]).__name__) from failures[0]
    if not answers:
        raise SecretsUnavailable(reason="time-out")
    return answers[0]
