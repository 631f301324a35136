"""What secrets were derived to, for the time of one sign-in: Argon2id is slow on purpose."""

from collections.abc import Callable
from types import TracebackType

from companion.profile import sodium
from companion.profile.sealing import Kdf

Derive = Callable[[Kdf, str, str], bytearray]
"""What Kdf.derive does: the key of a secret by parameters, which have a name for UnsafeKdf.

Each caller gets one of its own, and wipes it.
"""


class Derived:
    """Derives each secret once by the same parameters, within a ``with`` block.

    A key slot and the login on a seat card have the same salt, so that sitting down with a card
    takes one run and not two. What was derived is overwritten at the end, as far as Python can.
    """

    def __init__(self) -> None:
        self._keys: dict[tuple[Kdf, str], bytearray] = {}

    def __enter__(self) -> "Derived":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.forget()

    def derive(self, kdf: Kdf, secret: str, where: str) -> bytearray:
        """The 32-byte key of a secret, for the caller to wipe. Raises UnsafeKdf (name=where)."""
        if (kdf, secret) not in self._keys:
            self._keys[kdf, secret] = kdf.derive(secret, where)
        return bytearray(self._keys[kdf, secret])

    def forget(self) -> None:
        """Overwrite everything that was derived."""
        for key in self._keys.values():
            sodium.wipe(key)
        self._keys.clear()
