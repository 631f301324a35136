"""A secret store that cannot be used."""

from dataclasses import dataclass

from companion.desk.recording import RecordingSecrets
from companion.errors import SecretsUnavailable


@dataclass
class Broken(RecordingSecrets):
    """Secrets in memory; ``acts`` fail, for a ``reason``."""

    acts: tuple[str, ...] = ("put", "get", "delete")
    reason: str = "locked"

    def put(self, name: str, secret: str) -> None:
        self._fail("put")
        super().put(name, secret)

    def get(self, name: str) -> str | None:
        self._fail("get")
        return super().get(name)

    def delete(self, name: str) -> None:
        self._fail("delete")
        super().delete(name)

    def _fail(self, act: str) -> None:
        if act in self.acts:
            raise SecretsUnavailable(reason=self.reason)
