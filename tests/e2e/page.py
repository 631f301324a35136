"""A page in a real Chromium that tells what stands in its boxes, over a server on loopback."""

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.e2e.desktop import Desktop

_PAGE = """<!doctype html><meta charset="utf-8"><title>TITLE</title>
<body style="margin:0"><ELEMENT id="box" CONTENT style="display:block;width:600px;height:400px">\
</ELEMENT><script>
const box = document.getElementById("box");
const tell = () => {
  const images = [...box.querySelectorAll("img")];
  fetch("/said", {method: "POST", body: JSON.stringify({
    number: window.told++,
    text: "value" in box ? box.value : box.innerText,
    html: box.innerHTML,
    focused: document.activeElement === box && document.hasFocus(),
    images: images.map(image => [image.naturalWidth, image.naturalHeight]),
    keys: window.pressed,
  })});
};
window.pressed = [];
window.told = 1;
box.addEventListener("keydown", event => {
  if (event.key === "Enter") window.pressed.push(box.value || box.innerText);
});
new MutationObserver(() => setTimeout(tell, 100)).observe(
  box, {childList: true, subtree: true, characterData: true});
box.addEventListener("paste", () => {
  for (const begun = Date.now(); Date.now() < begun + BUSY;);
});
for (const name of ["input", "focus", "keyup"]) box.addEventListener(name, tell);
window.addEventListener("focus", () => box.focus());
box.focus();
tell();
</script>"""


class Page:
    """A window with one box, a ``textarea`` or a ``contenteditable``; close() ends it.

    It is ``busy`` for so many milliseconds with whatever is pasted, before that goes in.
    """

    def __init__(self, desktop: Desktop, kind: str, busy: int = 0) -> None:
        self.kind = kind
        self.title = f"page with a {kind}" if not busy else f"busy {kind}"
        self.said: dict[str, Any] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(self._page(kind, busy)))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        flags = [
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--disable-gpu",
            "--disable-sync",
            "--password-store=basic",
            f"--user-data-dir={desktop.folder / f'{kind}{busy}'}",
            f"--app=http://127.0.0.1:{self._server.server_port}/",
        ]
        # Chromium refuses to start as root with its sandbox.
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []
        self._browser = desktop.start("chromium", *flags)
        # Its first start on a busy machine takes long.
        self.window = desktop.window(self.title, 60.0)

    def close(self) -> None:
        """End the browser and the server."""
        self._browser.terminate()
        self._browser.wait(20)
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def held(self) -> str:
        """What stands in the box, for a test that failed."""
        return f"{self.title} holds {self.said['text']!r} and {self.said['images']}"

    def _page(self, kind: str, busy: int) -> bytes:
        element = "textarea" if kind == "textarea" else "div"
        attribute = "" if kind == "textarea" else "contenteditable"
        page = _PAGE.replace("TITLE", self.title).replace("ELEMENT", element)
        page = page.replace("BUSY", str(busy))
        return page.replace("CONTENT", attribute).encode()

    def _handler(self, body: bytes) -> type[BaseHTTPRequestHandler]:
        said, lock = self.said, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            """Gives the page, takes what it says."""

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                news = json.loads(self.rfile.read(length))
                # Each comes on a connection and a thread of its own: a late one is old.
                with lock:
                    if news["number"] > said.get("number", 0):
                        said.update(news)
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is printed."""

        return Handler
