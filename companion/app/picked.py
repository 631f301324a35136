"""What the picker's other keys ask for: favourites, addresses, new phrases, a file to import."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.bookmarks.opening import open_address
from companion.desk.ports import Clipboard
from companion.phrases.search import Entry
from companion.profile.sets import set_named
from companion.profile.template import parse

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp


class Picked:
    """Answers the picker's signals that have nothing to do with inserting, and its editor's."""

    def __init__(self, app: "TrayApp", used: Callable[[str], None]) -> None:
        self._app, self._used = app, used
        picker = app.inserting.picker
        picker.new_wanted.connect(lambda typed: app.editor.write(typed, ""))
        picker.clipboard_wanted.connect(self._new)
        picker.edit_wanted.connect(self._edit)
        picker.import_wanted.connect(lambda: app.act("import"))
        picker.app_wanted.connect(app.tray.menu.popup)
        picker.favourite_wanted.connect(self._mark)
        picker.address_wanted.connect(self._open)
        app.editor.saved.connect(self._add)
        app.tray.untold.connect(picker.tell)

    def _new(self) -> None:
        """A new phrase of what is on the clipboard."""
        self._app.editor.write("", harmless_text(self._app.desk.clipboard))

    def _edit(self, id: str) -> None:
        """Open the window that an entry is edited in."""
        entries = self._app.inserting.index.entries
        kind = next((entry.kind for entry in entries if entry.id == id), "")
        if kind == "bookmark":
            self._app.marking.open(id)
        else:
            self._app.open_library(id)

    def _mark(self, id: str, on: bool) -> None:
        session = self._app.session
        if session is None:
            return

        def work() -> None:
            session.profile.change(id, favourite=on)
            session.save()

        self._app.tasks.run(work, lambda _: None, self._app.fail)

    def _add(self, title: str, body: str, abbr: str, group: str) -> None:
        """Keep a new phrase, in a set that is made where there is none of that name."""
        session = self._app.session
        if session is None:
            return

        def work() -> None:
            profile = session.profile
            with profile.together():
                parent = set_named(profile, group)
                profile.add("phrase", title=title, body=body, abbr=abbr, parent=parent)
            session.save()

        self._app.tasks.run(work, lambda _: None, self._app.fail)

    def _open(self, entry: Entry) -> None:
        """Open a bookmark; starting a browser takes its time, so a worker does it."""
        # It was made literal: all of it is text.
        address = "".join(part for part in parse(entry.body) if isinstance(part, str))
        self._app.tasks.run(
            lambda: open_address(address), lambda _: self._used(entry.id), self._app.fail
        )


def harmless_text(clipboard: Clipboard) -> str:
    """What is on the clipboard, but for what opens a profile."""
    text = clipboard.text()
    return "" if opens_profile(text) else text


def opens_profile(text: str) -> bool:
    """Whether a text is a seat card or a recovery code."""
    from companion.profile.slots import looks_like_recovery_code
    from companion.session.card import claims_card

    return claims_card(text) or looks_like_recovery_code(text)
