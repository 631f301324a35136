"""One connection to an IMAP server: logged in when needed, its refusals as a store's errors."""

import contextlib
import imaplib
import re
import ssl
import time
from typing import NoReturn

import companion
from companion.errors import (
    CompanionError,
    StoreAnswerStrange,
    StoreBusy,
    StoreDenied,
    StoreFull,
    StoreLoginRefused,
    StoreMissing,
    StoreUnencrypted,
    StoreUntrusted,
)
from companion.sync.loopback import is_loopback
from companion.sync.mailbox_imap import Imap, Lost
from companion.sync.mailbox_mail import Untagged
from companion.sync.store import Login, Network, Watch

# Firewalls forget a line after some minutes in which nothing was said.
_QUIET_S = 60.0
_DEAD_S = 5.0
_WHO = f'("name" "Companion" "version" "{companion.__version__}" "vendor" "Companion")'
_CODE = re.compile(rb"\[([A-Z][A-Z-]*)[\] ]")
_FULL = {b"OVERQUOTA", b"TOOBIG"}
_BUSY = {b"LIMIT", b"UNAVAILABLE", b"INUSE", b"SERVERBUG"}
_MISSING = {b"TRYCREATE", b"NONEXISTENT"}
_DENIED = {b"NOPERM", b"READ-ONLY"}
_LOGIN = {b"AUTHENTICATIONFAILED", b"AUTHORIZATIONFAILED", b"EXPIRED", b"CONTACTADMIN"}


class Line:
    """A connection that is opened and logged in on first use, and again after it was lost."""

    def __init__(
        self,
        host: str,
        port: int,
        login: Login,
        network: Network,
        watch: Watch,
        *,
        tls: bool,
        place: str,
    ) -> None:
        self.requests = 0
        self.selected = False
        self._host, self._port, self._login = host, port, login
        self._network, self._tls, self._place = network, tls, place
        self._watch = watch
        self._imap: Imap | None = None
        self._heard_at = 0.0
        self._can: set[str] = set()

    def can(self, capability: str) -> bool:
        """Whether the server, once logged in to, says that it can do this."""
        return capability in self._can

    def hang_up(self) -> None:
        """Close the connection, if there is one, without a word: the server notices."""
        imap, self._imap, self.selected = self._imap, None, False
        if imap is not None:
            imap.shutdown()

    def ask(self, name: str, *words: str, literal: bytes = b"") -> tuple[bytes, Untagged]:
        """Give one command; the server's closing words, and what it said before them.

        Raises Lost (try again on a new line) or, where the server refuses, a store's error.
        """
        known = self._imap
        imap = known or self._open()
        # A line that was quiet may be dead without a word from anybody between: it is not given
        # all the time that a server may take, and then a new one is tried.
        quiet = known is not None and time.monotonic() - self._heard_at > _QUIET_S
        patience_s = self._network.timeout_s
        imap.wire.timeout_s = min(patience_s, _DEAD_S) if quiet else patience_s
        if name == "SELECT":
            self.selected, imap.state = False, "AUTH"
        try:
            closing, said = self._say(imap, name, *words, literal=literal)
        except Lost as lost:
            lost.again = lost.again or quiet
            raise
        self._heard_at = time.monotonic()
        if name == "SELECT":
            self.selected, imap.state = True, "SELECTED"
        return closing, said

    def _say(
        self, imap: Imap, name: str, *words: str, literal: bytes = b""
    ) -> tuple[bytes, Untagged]:
        self.requests += 1
        # imaplib keeps all that was ever said (APPENDUID, FETCH), and takes an old READ-ONLY for
        # a reason to stop.
        imap.untagged_responses.clear()
        try:
            if name == "AUTHENTICATE":
                # The password as bytes: LOGIN would have it in ASCII.
                imap.authenticate("PLAIN", lambda _: self._plain())
                kind, closing = "OK", [b""]
            elif literal:
                kind, closing = imap.append(words[0], words[1], "", literal)
            else:
                kind, closing = imap.xatom(name, *words)
        except imaplib.IMAP4.error as error:
            self._stop(imap, name, error)
        except ValueError as error:
            # What imaplib cannot decode: a challenge that is no base64, capabilities not in ASCII.
            self.hang_up()
            raise StoreAnswerStrange(place=self._place, reason=name) from error
        except BaseException:
            self.hang_up()
            raise
        # EXPUNGEISSUED: another desk has just removed it, which is to find nothing.
        if kind != "OK" and b"[EXPUNGEISSUED]" not in closing[-1]:
            raise self._refusal(f"UID {words[0]}" if name == "UID" else name, closing[-1])
        return closing[-1], dict(imap.untagged_responses)

    def _open(self) -> Imap:
        """Connect and log in."""
        if not (self._tls or self._network.unencrypted or is_loopback(self._host)):
            raise StoreUnencrypted(place=self._place)
        self.requests += 1  # imaplib asks at once what the server can do.
        imap = self._imap = self._connect()
        try:
            self._log_in(imap)
        except BaseException:
            self.hang_up()
            raise
        return imap

    def _connect(self) -> Imap:
        try:
            context = self._context() if self._tls else None
            return Imap(self._host, self._port, self._network.timeout_s, context, self._watch)
        except ssl.SSLCertVerificationError as error:
            raise StoreUntrusted(place=self._place, reason=error.verify_message) from error
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
            raise Lost(error) from error
        except ssl.SSLError as error:
            reason = error.reason or type(error).__name__
            raise StoreUntrusted(place=self._place, reason=reason) from error
        except OSError as error:
            lost = Lost(error)
            lost.again = isinstance(error, ConnectionResetError)
            raise lost from error
        except UnicodeError as error:
            # A host whose name cannot be one, or capabilities that are not in ASCII.
            raise StoreAnswerStrange(place=self._place, reason="greeting") from error
        except imaplib.IMAP4.error as error:
            # imaplib hands over the greeting that it did not like, or the words of a later BYE.
            said = str(error)
            if "* BYE" in said:
                raise StoreBusy(place=self._place, seconds=0) from error
            if isinstance(error, imaplib.IMAP4.abort) and "unexpected" not in said:
                raise Lost("BYE") from error
            raise StoreAnswerStrange(place=self._place, reason="greeting") from error

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._network.ca_file:
            try:
                context.load_verify_locations(self._network.ca_file)
            except OSError as error:  # An SSLError is one as well.
                raise StoreUntrusted(place=self._place, reason="ca_file") from error
        return context

    def _log_in(self, imap: Imap) -> None:
        user, password = self._login.user, self._login.password
        if imap.state != "AUTH":
            if "AUTH=PLAIN" in imap.capabilities or not (user + password).isascii():
                self._say(imap, "AUTHENTICATE")
            elif "LOGINDISABLED" in imap.capabilities:
                raise StoreUnencrypted(place=self._place)
            else:
                self._say(imap, "LOGIN", quoted(user), quoted(password))
            imap.state = "AUTH"
        # Servers can do more once they know who asks; most say so along with the login's answer.
        said = imap.untagged_responses.get("CAPABILITY")
        said = said or self._say(imap, "CAPABILITY")[1].get("CAPABILITY") or [b""]
        words = said[-1] if isinstance(said[-1], bytes) else b""
        self._can = set(words.decode("ascii", "replace").upper().split())
        if "ID" in self._can.union(imap.capabilities):
            # 163.com and 126.com refuse a SELECT ("Unsafe Login") to a client that has not said who
            # it is; a refused ID is no harm. A line that is to stop is no refusal.
            with contextlib.suppress(
                StoreAnswerStrange, StoreBusy, StoreDenied, StoreLoginRefused, StoreMissing
            ):
                self._say(imap, "ID", _WHO)

    def _plain(self) -> bytes:
        return f"\0{self._login.user}\0{self._login.password}".encode()

    def _stop(self, imap: Imap, name: str, error: imaplib.IMAP4.error) -> NoReturn:
        """Tell what imaplib means: a refused login, a BYE, a BAD, or an answer that is no IMAP."""
        text = str(error).encode()
        if name in ("AUTHENTICATE", "LOGIN") and not isinstance(error, imaplib.IMAP4.abort):
            raise self._refusal(name, text) from error
        if "command error: BAD" in str(error):
            strange = StoreAnswerStrange(place=self._place, reason="BAD")
            raise (self._by_code(name, text) or strange) from error
        bye = "BYE" in imap.untagged_responses
        self.hang_up()
        if bye:
            raise Lost("BYE") from error
        raise StoreAnswerStrange(place=self._place, reason=name) from error

    def _refusal(self, command: str, text: bytes) -> CompanionError:
        """The error behind a NO: by its code where it has one, or else by what was asked."""
        known = self._by_code(command, text)
        # "Unsafe Login": what 163.com says to a SELECT when it does not like the client.
        if command in ("AUTHENTICATE", "LOGIN") or b"Unsafe Login" in text:
            return known or StoreLoginRefused(place=self._place)
        if command in ("SELECT", "CREATE"):
            return known or StoreMissing(place=self._place)
        if command == "UID FETCH":
            return known or StoreAnswerStrange(place=self._place, reason="NO")
        return known or StoreDenied(place=self._place, act="write")

    def _by_code(self, command: str, text: bytes) -> CompanionError | None:
        found = _CODE.search(text)
        code = found[1] if found else b""
        if code in _FULL:
            return StoreFull(place=self._place)
        if code in _BUSY or b"too many" in text.lower():
            return StoreBusy(place=self._place, seconds=0)
        if code in _MISSING:
            return StoreMissing(place=self._place)
        if code in _DENIED:
            act = "read" if command in ("SELECT", "UID FETCH") else "write"
            return StoreDenied(place=self._place, act=act)
        if code in _LOGIN:
            return StoreLoginRefused(place=self._place)
        if code == b"PRIVACYREQUIRED":
            return StoreUnencrypted(place=self._place)
        return None


def quoted(text: str) -> str:
    """A string as a word of a command."""
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
