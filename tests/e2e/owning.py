"""A foreign program that owns the clipboard, and one that reads it."""

import json
import sys
from pathlib import Path

from tests.e2e.desktop import Desktop, wait_for

EDITOR = Path(__file__).with_name("foreign_editor.py")


def clipboard(desktop: Desktop) -> dict[str, str]:
    """Text, HTML and the digest of a picture, as another program gets them."""
    answer = desktop.folder / "clipboard"
    desktop.run(sys.executable, str(EDITOR), "read", str(answer), check=True)
    found: dict[str, str] = json.loads(answer.read_text("utf-8"))
    return found


def own(desktop: Desktop) -> dict[str, str]:
    """Have another program copy text, HTML and a picture; what clipboard() says of them."""
    ready = desktop.folder / "ready"
    ready.unlink(missing_ok=True)
    desktop.start(sys.executable, str(EDITOR), "own", str(ready))
    wait_for(ready.exists)
    found = clipboard(desktop)
    assert found["text"] and found["html"] and found["image"]
    return found
