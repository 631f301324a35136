"""A foreign program that owns the clipboard and answers nobody, as one that hangs; or, told so,
only the question for its formats.
"""

import sys
import time

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol import event


def main(answers: bool) -> None:
    display = Display()
    window = display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    selection, targets = display.intern_atom("CLIPBOARD"), display.intern_atom("TARGETS")
    window.set_selection_owner(selection, X.CurrentTime)
    display.sync()
    print("{}", flush=True)
    while True:
        asked = display.next_event()
        if answers and asked.type == X.SelectionRequest and asked.target == targets:
            names = [display.intern_atom(name) for name in ("UTF8_STRING", "image/png")]
            asked.requestor.change_property(asked.property, Xatom.ATOM, 32, names)
            said = event.SelectionNotify(
                time=asked.time,
                requestor=asked.requestor,
                selection=asked.selection,
                target=asked.target,
                property=asked.property,
            )
            asked.requestor.send_event(said)
            display.flush()
        time.sleep(0)


if __name__ == "__main__":
    main(sys.argv[1] == "formats")
