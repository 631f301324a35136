"""The agent's own mail as a store: a folder of a mailbox, one mail per object, over IMAP."""

import base64
import contextlib
import re
import weakref
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import quote

from companion.errors import ObjectMissing, StoreBusy, StoreDenied, StoreMissing, StoreUnreachable
from companion.sync.mailbox_mail import BYTES, LISTED, Untagged, content, listed, mail
from companion.sync.retrying import Passing, patiently
from companion.sync.store import OBJECT_NAME, Login, Network, Watch

if TYPE_CHECKING:
    from companion.sync.mailbox_line import Line

Answer = TypeVar("Answer")

# A desk that sits down wants all that is small: a request for each would be most of the waiting.
_SMALL, _MOST_AHEAD = 16_384, 131_072
_APPENDED = re.compile(rb"\[APPENDUID (\d+) (\d+)\]")


class _State(NamedTuple):
    """A folder as SELECT tells it: zeros where it does not."""

    validity: int = 0
    following: int = 0
    held: int = 0


class MailboxStore:
    """A Store in a folder of a mailbox; ``make`` creates the folder first.

    Nothing new costs one request (SELECT): the folder's next number and how many mails it holds
    tell whether its listing can have changed. Otherwise one more fetches the whole listing. With
    the first object that is asked for come all small ones that this store has not seen yet.
    """

    def __init__(
        self,
        host: str,
        port: int,
        folder: str,
        login: Login,
        network: Network,
        *,
        tls: bool = True,
        make: bool = False,
    ) -> None:
        scheme = "imaps" if tls else "imap"
        # Every user of a server has a folder of this name.
        shown = f"[{host}]" if ":" in host else host
        self.place = f"{scheme}://{quote(login.user, safe='')}@{shown}:{port}/{folder}"
        self.watch = Watch()
        self.requests = 0
        self._tls = tls
        self._where = (host, port, login, network, self.watch)
        self._folder = _quoted_utf7(folder)
        self._opened: Line | None = None
        # The folder as it was when it was last listed, and the mails of each object.
        self._state = _State()
        self._mails: dict[str, list[int]] = {}
        # Small objects nobody asked for yet, by a mail of theirs; what came along with another.
        self._unseen: dict[str, int] = {}
        self._ahead: dict[str, bytes] = {}
        self._read_only = False
        if make:
            self._patiently(self._make)

    def names(self) -> set[str]:
        """The names of all objects."""
        self._patiently(self._look)
        return set(self._mails)

    def get(self, name: str) -> bytes:
        """An object's bytes."""
        self._check(name)
        return self._patiently(lambda: self._fetch(name))

    def put(self, name: str, data: bytes) -> None:
        """Append a mail.

        A server takes a whole mail or none of it (RFC 9051, 6.3.12). One that was kept although
        its answer got lost is put a second time: two mails of a name are one object.
        """
        self._check(name)
        self._patiently(lambda: self._append(name, data))

    def delete(self, name: str) -> None:
        """Remove every mail of an object."""
        self._check(name)
        self._patiently(lambda: self._remove(name))

    @staticmethod
    def _check(name: str) -> None:
        if not OBJECT_NAME.fullmatch(name):
            raise ObjectMissing(name=name)

    def _line(self) -> "Line":
        if self._opened is None:
            # imaplib and ssl take their time to import: not before somebody asks the mailbox.
            from companion.sync.mailbox_line import Line

            self._opened = Line(*self._where, tls=self._tls, place=self.place)
            weakref.finalize(self, self._opened.hang_up)
        return self._opened

    def _patiently(self, act: Callable[[], Answer]) -> Answer:
        """Do it, and again on a new line, or a moment later, where that may help."""
        from companion.sync.mailbox_imap import Lost

        line = self._line()

        def once() -> Answer:
            try:
                return act()
            except Lost as lost:
                failure = StoreUnreachable(place=self.place, reason=lost.reason)
                if lost.again:
                    raise Passing(failure) from lost
                raise failure from lost
            except StoreBusy as busy:
                raise Passing(busy) from busy
            finally:
                self.requests = line.requests

        return patiently(once, self.watch)

    def _make(self) -> None:
        try:
            self._look()
        except StoreMissing:
            # Another desk may make it at this moment: that it is there then is all that counts.
            with contextlib.suppress(StoreMissing):
                self._line().ask("CREATE", self._folder)
            self._look()

    def _look(self) -> None:
        """Select the folder anew, and list it unless it is as it was."""
        line = self._line()
        closing, said = line.ask("SELECT", self._folder)
        # Where the agent may not delete, STORE says OK all the same and does nothing.
        kept = said.get("PERMANENTFLAGS", [rb"\Deleted"])[-1]
        deleting = isinstance(kept, bytes) and rb"\deleted" in kept.lower()
        self._read_only = closing.upper().startswith(b"[READ-ONLY]") or not deleting
        state = _State(*(_number(said, key) for key in ("UIDVALIDITY", "UIDNEXT", "EXISTS")))
        # A mail that was added raises UIDNEXT, one that is gone lowers EXISTS. Where mails are
        # only marked as deleted (no UIDPLUS) neither tells.
        if 0 not in state[:2] and state == self._state and line.can("UIDPLUS"):
            return
        known = set(self._mails)
        self._mails, self._state, self._unseen = {}, _State(), {}
        if state.held:
            for name, uid, size in listed(line.ask("UID", "FETCH", "1:*", LISTED)[1]):
                self._mails.setdefault(name, []).append(uid)
                if size <= _SMALL and name not in known:
                    self._unseen[name] = uid
        self._state = state

    def _fetch(self, name: str) -> bytes:
        line = self._line()
        looked = not (line.selected and name in self._mails)
        if looked:
            self._look()
        if name in self._ahead and name in self._mails:
            return self._ahead.pop(name)
        while True:
            for uid in self._mails.get(name, []):
                along = self._along(name)
                uids = ",".join(map(str, (uid, *along.values())))
                said = line.ask("UID", "FETCH", uids, BYTES)[1]
                came = {other: content(said, at) for other, at in along.items()}
                self._ahead |= {other: data for other, data in came.items() if data is not None}
                data = content(said, uid)
                if data is not None:
                    return data
            if looked:
                raise ObjectMissing(name=name)
            looked = True
            self._look()

    def _along(self, name: str) -> dict[str, int]:
        """What is fetched along with an object, with a mail of each: counted as seen."""
        self._unseen.pop(name, None)
        along = dict(islice(self._unseen.items(), _MOST_AHEAD // _SMALL))
        for other in along:
            del self._unseen[other]
        return along

    def _append(self, name: str, data: bytes) -> None:
        line = self._line()
        # Seen, so that our mails never show up as new ones.
        closing, _ = line.ask("APPEND", self._folder, r"(\Seen)", literal=mail(name, data))
        # From this answer's own words: imaplib's response("APPENDUID") has those of others, too.
        told = _APPENDED.search(closing)
        state, uid = self._state, int(told[2]) if told else 0
        if told and int(told[1]) == state.validity:
            self._mails.setdefault(name, []).append(uid)
            if uid == state.following:
                # Nobody else's came between: what the next look finds, if nobody's does after it.
                self._state = _State(state.validity, uid + 1, state.held + 1)

    def _remove(self, name: str) -> None:
        self._look()
        mails = self._mails.get(name)
        if not mails:
            return
        if self._read_only:
            raise StoreDenied(place=self.place, act="write")
        line, uids = self._line(), ",".join(map(str, mails))
        line.ask("UID", "STORE", uids, "+FLAGS.SILENT", r"(\Deleted)")
        # Without UIDPLUS there is only EXPUNGE, which would also end what the agent has marked in
        # a mail program: our mails then stay, marked, until somebody empties the folder, and
        # count as gone.
        if line.can("UIDPLUS"):
            line.ask("UID", "EXPUNGE", uids)
            self._state = self._state._replace(held=self._state.held - len(mails))
        del self._mails[name]


def _number(said: Untagged, key: str) -> int:
    value = said.get(key, [b""])[-1]
    return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def _quoted_utf7(folder: str) -> str:
    """A folder's name as IMAP has it: modified UTF-7 (RFC 3501, 5.1.3), quoted."""

    def shifted(run: re.Match[str]) -> str:
        coded = base64.b64encode(run[0].encode("utf-16-be")).decode().rstrip("=")
        return "&" + coded.replace("/", ",") + "-"

    name = re.sub(r"[^ -~]+", shifted, folder.replace("&", "&-"))
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
