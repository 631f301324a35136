"""A foreign program that owns the clipboard in an odd way, by its first argument.

``mute`` answers nobody, as one that hangs; ``formats`` only says which formats it has; ``pieces``
hands its text over in pieces (INCR), so many characters as the second argument says; ``whole`` at
once, and ``secret`` too, with the mark by which password managers ask others to look away.
"""

import sys

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol import event
from Xlib.protocol.rq import Event

PIECE = 50_000


class Owner:
    """The owner of the clipboard."""

    def __init__(self, kind: str, text: bytes) -> None:
        self.display, self.kind = Display(), kind
        self.whole = [text[at : at + PIECE] for at in range(0, len(text), PIECE)] + [b""]
        self.pieces = list(self.whole)
        screen = self.display.screen()
        window = screen.root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        window.set_selection_owner(self.atom("CLIPBOARD"), X.CurrentTime)
        self.display.sync()

    def atom(self, name: str) -> int:
        return int(self.display.intern_atom(name))

    def run(self) -> None:
        while True:
            happened = self.display.next_event()
            if happened.type == X.SelectionRequest and self.kind != "mute":
                self.answer(happened)
            elif happened.type == X.PropertyNotify and happened.state == X.PropertyDelete:
                text, piece = self.atom("UTF8_STRING"), self.pieces.pop(0)
                happened.window.change_property(happened.atom, text, 8, piece)
                self.display.flush()
                # A second program that asks gets the whole again.
                self.pieces = self.pieces or list(self.whole)

    def answer(self, asked: Event) -> None:
        text, property = self.atom("UTF8_STRING"), asked.property
        if asked.target == self.atom("TARGETS"):
            mark = [self.atom("x-kde-passwordManagerHint")] if self.kind == "secret" else []
            asked.requestor.change_property(property, Xatom.ATOM, 32, [text, *mark])
        elif self.kind in ("whole", "secret"):
            asked.requestor.change_property(property, text, 8, b"".join(self.whole))
        elif self.kind == "pieces":
            asked.requestor.change_attributes(event_mask=X.PropertyChangeMask)
            size = sum(map(len, self.pieces))
            asked.requestor.change_property(property, self.atom("INCR"), 32, [size])
        else:
            return
        said = event.SelectionNotify(
            time=asked.time,
            requestor=asked.requestor,
            selection=asked.selection,
            target=asked.target,
            property=property,
        )
        asked.requestor.send_event(said)
        self.display.flush()


if __name__ == "__main__":
    owner = Owner(sys.argv[1], ("文" * int(sys.argv[2])).encode())
    print("{}", flush=True)
    owner.run()
