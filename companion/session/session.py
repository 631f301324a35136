"""One agent's time at one desk: an open profile, saved, synced, checked, and left."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from companion.errors import (
    CompanionError,
    FileUnwritable,
    ObjectMissing,
    SecretsUnavailable,
)
from companion.profile.packs import SUFFIX
from companion.profile.profile import Profile
from companion.profile.records import Record
from companion.profile.sealing import ProfileKey
from companion.session.card import Card
from companion.session.keys import Keys
from companion.session.residue import telltale, traces
from companion.session.seat import Seat
from companion.sync.checking import Check, CheckReport
from companion.sync.engine import Engine
from companion.sync.progress import SyncReport
from companion.sync.store import Login, Store

_NOBODY = Login()
Steps = Callable[[str, int, int], None]
"""Called with a step's name (``header``, ``keys``, ``packs``) and how much of it is done."""


def no_steps(step: str, done: int, of: int) -> None:
    """Nobody wants to know."""


class Status(msgspec.Struct, kw_only=True):
    """How this desk stands; counts are None while nothing is unlocked."""

    signed_in: bool
    agent: str = ""
    store: str = ""
    synced_at: int = 0
    phrases: int | None = None
    bookmarks: int | None = None
    unsaved: bool = False
    conflicts: int | None = None
    unreadable: list[str] = []


@dataclass(frozen=True)
class SignedOut:
    """What signing out did: packs sent, whether sealed packs had to stay, readable traces."""

    pushed: int
    kept_sealed: bool
    reason: str
    traces: list[str]


class Session:
    """An open profile at this desk. Its methods may block; edits go through ``profile``."""

    def __init__(self, seat: Seat, profile: Profile, key: ProfileKey) -> None:
        self.seat = seat
        self.profile = profile
        self._key = key
        local = seat.local_store(profile.id)
        self.engine = Engine(profile, key, local)
        self.keys = Keys(profile.id, key, local)
        self._check = Check(profile.id, key, local)
        self._login = seat.login(profile.id, key)

    def save(self) -> None:
        """Write what was changed to this desk's disk, sealed."""
        self.engine.save()

    def sync(
        self,
        steps: Steps = no_steps,
        far: Store | None = None,
        listing: set[str] | None = None,
    ) -> SyncReport:
        """Exchange packs with the agent's store, or with ``far`` where it is open already."""

        def packs(done: int, of: int) -> None:
            steps("packs", done, of)

        store = far or self._far()
        report = self.engine.sync(store, packs, listing=listing)
        self.keys.follow(store, self.engine.listing)
        self.seat.settings.write(synced_at=int(time.time()))
        return report

    def status(self) -> Status:
        """How this desk stands."""
        said = self.seat.settings.read()
        return Status(
            signed_in=True,
            agent=str(said["agent"]),
            store=str(said["store"]),
            synced_at=int(said["synced_at"]),
            phrases=len(self.profile.phrases()),
            bookmarks=len(self.profile.bookmarks()),
            unsaved=self.profile.has_changes(),
            conflicts=len(self.profile.conflicts()),
            unreadable=self.engine.unreadable,
        )

    def card(self) -> Card:
        """The seat card of this profile."""
        said = self.seat.settings.read()
        return Card(self.profile.id, str(said["agent"]), str(said["store"]))

    def remember(self) -> None:
        """Let this desk open the profile without the passphrase until sign-out."""
        self.seat.remember(self.profile.id, self._key)
        self.seat.settings.write(remembered=True)

    def take_in(self, clock: int, records: list[Record]) -> None:
        """Merge records that an export holds, as those of another desk, and save all of it.

        Whole, not as edits: conflicts, earlier texts and counts came along.
        """
        self.profile.absorb(records, clock)
        self.engine.save_everything()

    def check(self, mend: bool) -> CheckReport:
        """Look at every object of the agent's store; with ``mend``, mend what this desk has whole.

        What stays broken is not deleted; whatever of it this desk knows is put there anew.
        """
        far = self._far()
        restored = self._check.restore(far) if mend else []
        # First have all that can be read, here and there.
        self.sync(far=far)
        report = self._check.run(far, mend)
        report.mended = restored + report.mended
        if mend and any(broken.name.endswith(SUFFIX) for broken in report.broken):
            self.engine.put_everything(far)
        return report

    def change_passphrase(self, secret: str, new: str) -> None:
        """Let ``new`` open the profile instead; ``secret`` is what opens it now.

        Needs the store. Raises WrongPassphrase, PassphraseTooShort and a store's errors.
        """
        self.keys.change_passphrase(self._far(), secret, new)

    def renew_recovery(self, secret: str) -> str:
        """A new recovery code, shown once; the one before opens nothing any more."""
        return self.keys.renew_recovery(self._far(), secret)

    def sign_out(self) -> SignedOut:
        """Send what waits, take everything off this desk, then look for what is left.

        Where the store cannot be reached the sealed packs stay for the next time, and the
        answer says so.
        """
        pushed, reason, left = 0, "", list[str]()
        try:
            pushed, reason = self._send_all()
        except CompanionError as error:
            reason = error.code
            self.save()
        # Only now: the sync may have brought texts that this desk did not have.
        words = telltale(self._texts())
        try:
            if self.seat.settings.read()["remembered"]:
                self.seat.forget(self.profile.id)
        except SecretsUnavailable as error:
            # It must not keep the rest from being wiped; the agent is told what stayed.
            left.append(f"keyring: {error.facts['reason']}")
        # First this: a desk that is ended in between has nobody signed in and packs that are kept,
        # and not somebody whose packs are gone.
        self.seat.settings.clear()
        try:
            if not reason:
                self.seat.drop_sealed(self.profile.id)
        except FileUnwritable as error:
            left.append(str(error.facts["place"]))
        self._key.forget()
        left += [str(path) for path in traces([self.seat.home], words)]
        return SignedOut(pushed, bool(reason), reason, left)

    def _send_all(self) -> tuple[int, str]:
        """Have the store hold all that this desk does; packs sent, why it does not (or nothing).

        What is deleted here is read there first: only that makes sure that it arrived whole.
        """
        far, pushed = self._far(), 0
        # Packs may have been put together by another desk since they were listed: look twice.
        for _ in range(2):
            pushed += self.sync(far=far).pushed
            if not self._check.confirm(far, self.engine.unconfirmed()):
                return pushed, ""
        return pushed, ObjectMissing.code

    def _texts(self) -> list[str]:
        texts = [text for phrase in self.profile.phrases() for text in (phrase.title, phrase.body)]
        texts += [mark.url for mark in self.profile.bookmarks()]
        for entry in self.profile.reflections():
            texts += [entry.next_words, entry.helped, entry.need, entry.follow_up]
        return sorted(texts, key=len, reverse=True)

    def _far(self) -> Store:
        return self.seat.open_store(str(self.seat.settings.read()["store"]), False, self._login)
