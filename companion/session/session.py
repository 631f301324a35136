"""One agent's time at one desk: an open profile, saved, synced, checked, and left."""

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from companion.errors import AppLocked, CompanionError, ObjectMissing
from companion.formats.items import Parsed
from companion.profile.packs import SUFFIX
from companion.profile.profile import Profile
from companion.profile.records import Record, option_id
from companion.profile.sealing import ProfileKey
from companion.session.card import Card
from companion.session.drafts import Drafts
from companion.session.exchanging import Exchanging
from companion.session.far import Far
from companion.session.importing import carry_out
from companion.session.last_import import Imports
from companion.session.planning import plan_bookmarks
from companion.session.remaining import Remaining, TakenBack, is_lent
from companion.session.residue import words_of
from companion.session.seat import Seat
from companion.session.standing import EditCounter, SignedOut, Status, known
from companion.session.wiping import clear, wipe
from companion.settings import fitting
from companion.sync.checking import Check, CheckReport
from companion.sync.progress import Later, Steps, Stop, no_steps
from companion.sync.store import Login, never

# Whose a profile is.
_NAME = option_id("agent_name")

if TYPE_CHECKING:
    from companion.session.desk_loans import DeskLoans, Lender


class Session(Exchanging):
    """An open profile at this desk. Its methods may block; edits go through ``profile``.

    Any thread may call them: exchanges with the store wait for one another, and while one waits
    for the network the profile can be saved and asked how it stands.
    """

    def __init__(self, seat: Seat, profile: Profile, key: ProfileKey) -> None:
        local = seat.local_store(profile.id)
        super().__init__(seat, profile, key, local)
        self.next_at = 0
        self._check = Check(profile.id, key, local)
        self.imports = Imports(seat.sealed_folder(profile.id), profile, key, self.save)
        self.drafts = Drafts(seat.sealed_folder(profile.id), profile.id, key)
        self._edits = EditCounter(profile.id, key, local)

    @cached_property
    def loans(self) -> "DeskLoans":
        """What input methods and browsers of this desk have of the agent's."""
        return self.seat.loans()

    def close(self) -> None:
        """Lock: save, and hold nothing of the profile any more. It stays signed in at this desk.

        A sync under way changes nothing any more; who uses the session from now on gets AppLocked.
        Raises what the disk does, and then it is open as before.
        """
        with self._free:
            if self._left or self.closed:
                return
            self.engine.save()
            with self.profile.lock:
                # What another thread has written in between; from then on it can write nothing.
                self.engine.save()
                self.profile.forget()
            self.closed = True
            self._notes.end()
            self._way.leave(AppLocked)
            self._forget()

    def _forget(self) -> None:
        """Hold nothing else of it: somebody may still hold the session for a while."""
        self._key.forget()
        self.teams.forget()
        self.access.forget()

    def status(self) -> Status:
        """How this desk stands."""
        with self._free:
            self._unless_closed()
            waiting = self._waiting()
            edits = self._edits.count(waiting)
        return replace(
            known(self.seat.settings.read(), self._notes.last),
            next_at=self.next_at,
            syncing=self._way.busy,
            waiting=edits,
            waiting_packs=len(waiting),
            phrases=len(self.profile.phrases()),
            bookmarks=len(self.profile.bookmarks()),
            unsaved=self.profile.has_changes(),
            conflicts=len(self.profile.conflicts()),
            unreadable=self.engine.unreadable,
            offline=self.offline,
        )

    def option(self, name: str) -> str | int | bool:
        """A setting that travels with the profile; its default where it says nothing that fits."""
        return fitting(name, self.profile.options())

    def card(self, secret: str = "") -> Card:
        """The seat card. Raises CardNeedsPassphrase where it is to be made anew with ``secret``."""
        self._unless_closed()
        return self.access.card(secret)

    def take_in(self, clock: int, records: list[Record]) -> None:
        """Merge what an export holds, whole, not as edits: its conflicts and counts came along.

        But for whose it was: what a colleague exported leaves the agent's own name alone.
        """
        self.profile.absorb([one for one in records if one.id != _NAME], clock)
        with self._free:
            self.engine.save_everything()

    def load(self) -> None:
        """Read what another hand has put among this desk's packs."""
        with self._free:
            self.engine.load()

    def check(self, mend: bool) -> CheckReport:
        """Look at every object of the agent's store; with ``mend``, mend what this desk has whole.
        What stays broken is not deleted.
        """
        with self._way.taken(self._address) as far:
            restored = self._check.restore(far) if mend else []
            # First have all that can be read, here and there.
            self._sync(far)
            report = self._check.run(far, mend)
            report.mended = restored + report.mended
            if mend and any(broken.name.endswith(SUFFIX) for broken in report.broken):
                self.engine.put_everything(far)
            return report

    def change_passphrase(self, secret: str, new: str) -> None:
        """Let ``new`` open the profile, as Access.change_passphrase() says. Needs the store."""
        with self._way.taken(self._address) as far:
            self.access.change_passphrase(far, secret, new)

    def change_login(self, login: Login, secret: str = "") -> None:
        """Log in to the store otherwise, as Access.change_login() says. Needs the store."""
        self.access.change_login(login, secret)

    def renew_recovery(self, secret: str) -> str:
        """A new recovery code, shown once; the one before opens nothing any more."""
        with self._way.taken(self._address) as far:
            return self.keys.renew_recovery(far, secret)

    def sign_out(self, steps: Steps = no_steps, stop: Stop = never) -> SignedOut:
        """Send what waits and leave(); what cannot be sent, or is stopped, stays here sealed."""
        return self.leave(*self.send(steps, stop))

    def send(self, steps: Steps = no_steps, stop: Stop = never) -> tuple[int, str]:
        """Have the store hold all that this desk does: packs sent, and why not all of it was sent.

        That is an error's code, empty where everything was. What the desk's input methods and
        browsers have is taken back first: what the agent has put there goes along.
        """
        self.take_back_loans()
        try:
            with self._way.taken(self._address, stop) as far:
                return self._send_all(far, steps, stop)
        except CompanionError as error:
            return 0, error.code

    def take_back_loans(self, only: "Lender | None" = None) -> tuple[Remaining, ...]:
        """Take everything back from this desk's input methods and browsers, or only from one; what
        remains there.

        Bookmarks that the agent has put into his folder of a browser are kept in the profile, and
        saved at once: they are nowhere else any more.
        """
        if not is_lent(self.seat.lent_folder):
            return ()
        taken = self.loans.take_back(only)
        self.keep_added(taken)
        return taken.remains

    def keep_added(self, taken: TakenBack) -> None:
        """Take in and save bookmarks that this agent has put into his folder there."""
        if added := taken.added_by(self.profile.id):
            carry_out(self.profile, plan_bookmarks(self.profile, Parsed(bookmarks=added)))
            self.save()

    def leave(self, pushed: int, reason: str) -> SignedOut:
        """Take everything off this desk, then look for what is left.

        ``reason`` is why not all was sent: then the sealed packs stay, and so they do where
        something that was being written waits beside them. A sync that still waits for
        the store ends when that answers, and changes nothing any more.
        """
        remains = self.take_back_loans()
        # Written while the rest was being sent.
        waits = self._end()
        reason = reason or ("unsent" if waits else "")
        # Only now: the sync may have brought texts that this desk did not have.
        words = words_of(self.profile, self.teams.texts())
        self.profile.forget()
        self._forget()
        held = self._notes.last.held if reason else None
        left, looked = wipe(self.seat, self.profile.id, words, held)
        return SignedOut(pushed, bool(reason), reason, left, remains, looked)

    def leave_at_once(self) -> None:
        """The same where there is no time: nothing is sent, taken back or looked for."""
        if not self._left:
            self._end()
            self._key.forget()
            clear(self.seat, self.profile.id, self._notes.last.held, hurried=True)

    def _end(self) -> bool:
        """Save, and let nobody use it any more; whether anything of it is nowhere else."""
        with self._free:
            self.engine.save()
            self._left = True
            self._notes.end()
            self._way.leave()
            return bool(self._waiting()) or self.drafts.any()

    def _send_all(self, far: Far, steps: Steps, stop: Stop) -> tuple[int, str]:
        # What will be deleted here is read there first. Twice: another desk may have put packs
        # together since they were listed.
        pushed = 0
        for _ in range(2):
            pushed += self._sync(far, steps, stop, later=Later.OUT).pushed
            if not self._check.confirm(far, self.engine.unconfirmed()):
                return pushed, ""
        return pushed, ObjectMissing.code
