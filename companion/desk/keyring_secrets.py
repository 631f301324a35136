"""The desk's secret store through keyring, with a time-out: a locked one may hang for ever."""

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, TypeVar

from companion.desk.secrets_port import MOST_SECRET_BYTES, TIME_OUT
from companion.errors import SecretsUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_T = TypeVar("_T")
_SERVICE = "Companion"
_PATIENCE_S = 5.0


class KeyringSecrets:
    """Secrets kept by Windows Credential Manager, Secret Service or KWallet."""

    def __init__(self, patience: float = _PATIENCE_S) -> None:
        self._patience = patience
        # One call at a time: however often a silent store is asked, one thread waits for it.
        self._free = threading.Lock()

    def may_ask(self) -> bool:
        """Whether it may ask for a password: all do but that of Windows, open while one works."""
        return self._in_time(lambda: "Windows" not in type(_backend()).__module__)

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""
        if len(secret.encode("utf-16-le", "surrogatepass")) > MOST_SECRET_BYTES:
            raise SecretsUnavailable(reason="too long")

        def act() -> None:
            backend = _backend()
            # Kept for this log-on session only, or it would roam to other PCs with the account.
            if hasattr(backend, "persist"):
                backend.persist = "session"
            backend.set_password(_SERVICE, name, secret)

        # A store that is unlocked after the time-out still takes the secret, and whoever asked was
        # told that nothing is kept: what comes too late is taken out again.
        self._in_time(act, lambda: _delete(name))

    def get(self, name: str) -> str | None:
        """The secret kept under name, or None."""
        return self._in_time(lambda: _backend().get_password(_SERVICE, name))

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._in_time(lambda: _delete(name))

    def _in_time(self, act: Callable[[], _T], undo: Callable[[], None] | None = None) -> _T:
        """The answer of act, or SecretsUnavailable when it fails or takes too long."""
        end = time.monotonic() + self._patience
        if not self._free.acquire(timeout=self._patience):
            raise SecretsUnavailable(reason=TIME_OUT)
        # It counts as running only once it has ended: until then cancelling it is giving it up.
        answer: Future[_T] = Future()

        def work() -> None:
            try:
                found = act()
            except Exception as error:
                # Back ends raise what their libraries raise.
                if answer.set_running_or_notify_cancel():
                    answer.set_exception(error)
            else:
                if answer.set_running_or_notify_cancel():
                    answer.set_result(found)
                elif undo is not None:
                    with contextlib.suppress(Exception):
                        undo()
            finally:
                self._free.release()

        # A daemon, because a process must be able to end while its store is silent.
        threading.Thread(target=work, daemon=True, name="keyring").start()
        wait([answer], end - time.monotonic())
        if answer.cancel():
            raise SecretsUnavailable(reason=TIME_OUT)
        try:
            return answer.result()
        except Exception as error:
            # The class's name says enough for IT.
            raise SecretsUnavailable(reason=type(error).__name__) from error


def _backend() -> "KeyringBackend":
    """What keyring has chosen for this desk. Raises NoKeyringError."""
    import keyring
    from keyring.backend import KeyringBackend, by_priority
    from keyring.backends import fail
    from keyring.core import recommended
    from keyring.errors import NoKeyringError

    if isinstance(keyring.get_keyring(), fail.Keyring):
        # keyring looks once in the life of a process, and an app that starts with the desktop may
        # be there before the secret store is: look again.
        viable = filter(recommended, KeyringBackend.get_viable_backends())
        keyring.set_keyring(max(viable, key=by_priority, default=fail.Keyring)())
    chosen = keyring.get_keyring()
    # What is not recommended keeps secrets in a plain file, or takes them and keeps none.
    if not recommended(chosen):
        raise NoKeyringError
    return chosen


def _delete(name: str) -> None:
    from keyring.errors import PasswordDeleteError

    backend = _backend()
    try:
        backend.delete_password(_SERVICE, name)
    except PasswordDeleteError:
        # Raised where there is nothing to forget, and by KWallet also where it was not allowed to.
        if backend.get_password(_SERVICE, name) is not None:
            raise
