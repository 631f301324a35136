"""What was kept sealed at signing out, taken along as a file, and taken in at another desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from companion.runtime.tasks import Tasks
from companion.session.seat import Seat
from companion.ui.leaving import Leaving
from companion.ui.messages import Message, explain
from companion.ui.words import Words
from companion.wiring.saving import folder_to_carry
from companion.wiring.seats import card_places

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session


class HandingOver(QObject):
    """Follows the report of signing out; ``here`` works on this desk's disks."""

    def __init__(self, words: Words, window: Leaving, here: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._words, self._window, self._here = words, window, here
        self._seat: Seat | None = None
        self._profile = ""
        self._file = Path()
        window.hand_over_wanted.connect(self._propose)
        window.delete_wanted.connect(self._delete)

    def offer(self, seat: Seat, profile: str) -> None:
        """Whose packs may be taken along from now on."""
        self._seat, self._profile = seat, profile

    def _propose(self) -> None:
        self._here.run(folder_to_carry, self._choose, self._failed)

    def _choose(self, folder: Path) -> None:
        say = self._words.say
        name = f"{say('handing.name')}-{date.today():%m-%d}.waiting"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, say("handing.title"), str(folder / name)
        )
        seat, profile = self._seat, self._profile
        if not chosen or seat is None:
            return
        file = self._file = Path(chosen)

        def work() -> None:
            from companion.session.handing_over import hand_over

            hand_over(seat, profile, file)

        self._here.run(work, lambda _: self._window.show_handed_over(str(file)), self._failed)

    def _delete(self) -> None:
        seat, profile, file = self._seat, self._profile, self._file

        def work() -> None:
            from companion.session.handing_over import delete_here

            if seat is not None:
                delete_here(seat, profile, file)

        def done(_: None) -> None:
            say = self._words.say
            self._window.show_left(say("left.nothing"), say("handing.deleted"))

        self._here.run(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        said = explain(error, self._words)
        self._window.show_not_handed_over(said.what, str(Message(said.safe, said.do, "")))


def take_in_found(
    session: Session,
    places: Callable[[], Sequence[Path]],
    here: Tasks,
    taken: Callable[[], None],
    failed: Callable[[Exception], None],
) -> None:
    """Take in what lies for a session's profile at the top of some places, such as a stick.

    ``taken`` is called where anything was new: then a sync is due.
    """

    def work() -> int:
        from companion.session.handing_over import found_waiting, take_in

        return sum(
            take_in(session, file).new for file in found_waiting(places(), session.profile.id)
        )

    here.run(work, lambda new: taken() if new else None, failed)


def take_in_here(app: TrayApp, session: Session) -> None:
    """What the agent has carried to this desk on a stick goes out with the next sync."""

    def taken() -> None:
        app.tray.tell(app.words.say("handing.taken_in"))
        app.syncing.now()

    take_in_found(session, lambda: card_places(app.seat), app.tasks, taken, app.fail)
