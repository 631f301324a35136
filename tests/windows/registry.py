"""Values of the registry for the time of a test: what was there before is there again after it."""

import sys
from contextlib import suppress
from types import TracebackType

if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

import winreg


class Registry:
    """Writes string values, the user's own and the machine's, and takes them out again."""

    def __init__(self) -> None:
        self._before: list[tuple[int, str, str, str | None]] = []

    def __enter__(self) -> "Registry":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for root, key, name, before in reversed(self._before):
            with winreg.CreateKey(root, key) as opened:
                if before is None:
                    winreg.DeleteValue(opened, name)
                else:
                    winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, before)

    def user(self, key: str, name: str, value: str) -> None:
        """Write a value below HKEY_CURRENT_USER."""
        self._write(winreg.HKEY_CURRENT_USER, key, name, value)

    def machine(self, key: str, name: str, value: str) -> None:
        """Write a value below HKEY_LOCAL_MACHINE."""
        self._write(winreg.HKEY_LOCAL_MACHINE, key, name, value)

    def _write(self, root: int, key: str, name: str, value: str) -> None:
        with winreg.CreateKey(root, key) as opened:
            before: str | None = None
            with suppress(OSError):
                before = str(winreg.QueryValueEx(opened, name)[0])
            self._before.append((root, key, name, before))
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)
