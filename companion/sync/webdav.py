"""A folder on a WebDAV server as a store: Nextcloud, jianguoyun, a NAS, Apache."""

import re
import secrets
import urllib.parse
from contextlib import suppress
from typing import TYPE_CHECKING

from companion.errors import (
    CompanionError,
    ObjectMissing,
    StoreAnswerStrange,
    StoreBusy,
    StoreDenied,
    StoreFull,
    StoreLoginRefused,
    StoreMissing,
    StoreUnreachable,
)
from companion.sync import multistatus
from companion.sync.connection import Connection, seconds_asked, when
from companion.sync.retrying import Passing, patiently
from companion.sync.store import OBJECT_NAME, Login, Network, Watch

if TYPE_CHECKING:
    import httpx

_PROPFIND = b'<propfind xmlns="DAV:"><prop><resourcetype/><getlastmodified/></prop></propfind>'
_READS = {"GET", "PROPFIND"}
_MADE = {200, 201, 204}
_GONE = {404, 410}
_BUSY = {423, 429, 503}
_BRIEF = {*_BUSY, 502, 504}
_MOST_PAGES = 20
# What a put that was cut off leaves; nothing else is ever named so.
_DRAFT = re.compile(r"companion-[0-9a-f]{32}\.tmp")
_ABANDONED_S = 86_400


class WebDavStore:
    """A Store at ``https://host/path/``; ``make`` creates the last folder of the path first.

    jianguoyun lists 750 names at a time and gives a link to the next ones, which is followed; a
    server that says it left some out raises StoreAnswerStrange; one that cuts a listing without a
    word cannot be told from one that holds no more, and then no name is deleted for it (packs put
    together stay far below 750).
    """

    def __init__(self, url: str, login: Login, network: Network, make: bool = False) -> None:
        parts = urllib.parse.urlsplit(url)
        # What an address says of who logs in is neither used nor shown: the login says it.
        host, path = parts.netloc.rpartition("@")[2], parts.path.rstrip("/") + "/"
        folder = urllib.parse.urlunsplit((parts.scheme, host, path, "", ""))
        # Many services have one address for everybody, and behind it each user's own folder.
        user = f"{urllib.parse.quote(login.user, safe='')}@" if login.user else ""
        self.place = urllib.parse.urlunsplit((parts.scheme, user + host, path, "", ""))
        self.watch = Watch()
        self.requests = 0
        self._connection = Connection(
            folder,
            self.place,
            login=login,
            network=network,
            watch=self.watch,
            on_request=self._count,
        )
        self._tidied: set[str] = set()
        if make:
            answer = self._ask("MKCOL")
            # 405: there is something already; whether it is a folder, the first look says.
            if answer.status_code not in {*_MADE, 405}:
                raise self._failure(answer)

    def names(self) -> set[str]:
        """The names of all objects."""
        found: set[str] = set()
        page = self._connection.url()
        for _ in range(_MOST_PAGES):
            answer, listing = self._look(page)
            if listing.is_file:
                raise StoreMissing(place=self.place)
            found |= listing.changed.keys()
            self._tidy(listing, answer.headers.get("date", ""))
            more = re.search(r'<([^>]*)>[^,]*;\s*rel="?next\b', answer.headers.get("link", ""))
            if more is None and not listing.cut:
                return {name for name in found if OBJECT_NAME.fullmatch(name)}
            following = self._connection.linked(answer, more[1]) if more else None
            if following is None:
                break
            page = following
        raise StoreAnswerStrange(place=self.place, reason="listing cut short")

    def _look(self, page: "httpx.URL") -> "tuple[httpx.Response, multistatus.Listing]":
        """One page of the listing.

        While another desk renames its pack, rclone breaks the listing off at the name that went,
        and wsgidav answers 500: a moment later they have one.
        """

        def once() -> "tuple[httpx.Response, multistatus.Listing]":
            answer = self._ask("PROPFIND", page, _PROPFIND, {"Depth": "1"})
            if answer.status_code == 500:
                raise Passing(self._failure(answer))
            if answer.status_code != 207:
                raise self._failure(answer)
            try:
                return answer, self._read(answer)
            except StoreAnswerStrange as broken:
                raise Passing(broken) from broken.__cause__

        return patiently(once, self.watch)

    def get(self, name: str) -> bytes:
        """An object's bytes."""
        self._check(name)
        answer = self._ask("GET", name)
        if answer.status_code == 200:
            return answer.content
        failure = self._failure(answer)
        if answer.status_code in {*_GONE, 409} and not isinstance(failure, StoreMissing):
            raise ObjectMissing(name=name)
        raise failure

    def put(self, name: str, data: bytes) -> None:
        """Send it under a name that is not ours, then rename it.

        Apache makes a PUT whole by itself, but wsgidav and rclone show what has arrived so far
        under its name, and keep it when the line drops: a pack cut short that no desk would ever
        send again, as its name is listed. So the second request is worth it.
        """
        self._check(name)
        # No leading dot and no .part: some servers hide or refuse these.
        draft = f"companion-{secrets.token_hex(16)}.tmp"
        taken = False
        try:
            answer = self._ask("PUT", draft, data, {"Content-Type": "application/octet-stream"})
            if answer.status_code not in _MADE:
                raise self._failure(answer)
            taken = True
            self._rename(draft, name)
        except CompanionError as failure:
            # A login that was refused, if used once more, may lock the agent out.
            if taken or not isinstance(failure, StoreLoginRefused):
                self._forget(draft)
            raise

    def delete(self, name: str) -> None:
        """Remove an object."""
        self._check(name)
        answer = self._ask("DELETE", name)
        if answer.status_code in {*_MADE, 202}:
            return
        failure = self._failure(answer)
        if answer.status_code not in _GONE or isinstance(failure, StoreMissing):
            raise failure

    @staticmethod
    def _check(name: str) -> None:
        if not OBJECT_NAME.fullmatch(name):
            raise ObjectMissing(name=name)

    def _rename(self, draft: str, name: str) -> None:
        whole = str(self._connection.url(name))
        # Apache wants the whole address. A server behind a proxy that ends TLS takes ours for
        # another server's and answers 502: it must be given the path alone.
        for to in (whole, self._connection.url(name).raw_path.decode("ascii")):
            answer = self._ask("MOVE", draft, headers={"Destination": to, "Overwrite": "T"})
            if answer.status_code in _MADE:
                return
            if answer.status_code != 502:
                break
        # Tried again after the line had dropped, it may have been done the first time.
        if answer.status_code not in _GONE or not self._is_there(name):
            raise self._failure(answer)

    def _is_there(self, name: str) -> bool:
        return self._ask("PROPFIND", name, _PROPFIND, {"Depth": "0"}).status_code == 207

    def _count(self) -> None:
        self.requests += 1

    def _forget(self, draft: str) -> None:
        """Take away what a put that failed may have left; only once, and the failure stays."""
        with suppress(CompanionError, Passing):
            self._connection.send("DELETE", self._connection.url(draft), b"", {})

    def _tidy(self, listing: multistatus.Listing, said: str) -> None:
        """Take away what puts cut off a day ago have left, by the server's own clock."""
        now = when(said)
        for draft in filter(_DRAFT.fullmatch, listing.changed.keys() - self._tidied):
            made = when(listing.changed[draft])
            if made and now - made > _ABANDONED_S:
                # Once only: where it may not be deleted, it would be tried at every look.
                self._tidied.add(draft)
                self._forget(draft)

    def _folder_is_missing(self) -> bool:
        # Without the slash: Apache answers 400 to a file that is asked for as a folder.
        url = self._connection.url()
        bare = url.copy_with(path=url.path.rstrip("/") or "/")
        answer = self._ask("PROPFIND", bare, _PROPFIND, {"Depth": "0"})
        if answer.status_code == 207:
            return self._read(answer).is_file
        return answer.status_code in {*_GONE, 409}

    def _read(self, answer: "httpx.Response") -> multistatus.Listing:
        try:
            return multistatus.read(answer.content, answer.url.path)
        except multistatus.NotMultistatus as error:
            raise StoreAnswerStrange(place=self.place, reason="no multistatus") from error

    def _ask(
        self,
        method: str,
        where: "httpx.URL | str" = "",
        content: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> "httpx.Response":
        """What the server says in the end; refusals that mean the same everywhere are raised."""
        url = self._connection.url(where) if isinstance(where, str) else where
        # The rename has another answer to 502.
        brief = _BRIEF - {502} if method == "MOVE" else _BRIEF

        def once() -> "httpx.Response":
            answer = self._connection.send(method, url, content, headers or {})
            if answer.status_code in brief:
                raise Passing(self._failure(answer), seconds_asked(answer))
            return answer

        answer = patiently(once, self.watch)
        if answer.status_code in {401, 403}:
            raise self._failure(answer)
        if answer.status_code == 200 and "html" in answer.headers.get("content-type", ""):
            raise StoreAnswerStrange(place=self.place, reason="HTML")
        return answer

    def _failure(self, answer: "httpx.Response") -> CompanionError:
        """What an answer other than the wanted one means."""
        method, status = answer.request.method, answer.status_code
        if status == 401:
            return StoreLoginRefused(place=self.place)
        if status == 403:
            return StoreDenied(place=self.place, act="read" if method in _READS else "write")
        if status == 507:
            return StoreFull(place=self.place)
        if status in _BUSY:
            return StoreBusy(place=self.place, seconds=seconds_asked(answer))
        if status >= 500 and status not in {501, 505, 511}:
            return StoreUnreachable(place=self.place, reason=f"{method} {status}")
        if 400 <= status < 500 and self._folder_is_missing():
            return StoreMissing(place=self.place)
        # rclone, read-only, answers 404 to a PUT and 405 to a DELETE.
        if method in {"PUT", "DELETE"} and status in {404, 405, 409}:
            return StoreDenied(place=self.place, act="write")
        return StoreAnswerStrange(place=self.place, reason=f"{method} {status}")
