"""HTTP to the one server of a store: encrypted, logged in, and foreign errors made ours."""

import datetime
import email.utils
import functools
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import companion
from companion.errors import (
    CompanionError,
    StoreAnswerStrange,
    StoreUnencrypted,
    StoreUnreachable,
    StoreUntrusted,
)
from companion.sync.loopback import is_loopback
from companion.sync.retrying import Passing
from companion.sync.store import Login, Network, Watch

if TYPE_CHECKING:
    import httpx

_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_HOPS = 3


class Connection:
    """One client, kept alive, made at the first request; ``on_request`` hears of each request.

    ``folder`` is the address that names are put behind, ``place`` what errors say of it. Requests
    that are signed have no login.
    """

    def __init__(
        self,
        folder: str,
        place: str,
        *,
        login: Login,
        network: Network,
        watch: Watch,
        on_request: Callable[[], None],
    ) -> None:
        self._folder, self._place = folder, place
        self._login = login
        self._network = network
        self._watch = watch
        self._on_request = on_request
        self._client: httpx.Client | None = None
        self._auth: httpx.Auth | None = None

    def url(self, name: str = "") -> "httpx.URL":
        """The address of an object, or of the folder. Raises StoreAnswerStrange."""
        import httpx

        try:
            return httpx.URL(self._folder + name)
        except httpx.InvalidURL as error:
            raise StoreAnswerStrange(place=self._place, reason="InvalidURL") from error

    def is_ours(self, url: "httpx.URL") -> bool:
        """Whether an address is our server's, so that it may hear the login."""
        ours = self.url()
        return (url.scheme, url.host, url.port) == (ours.scheme, ours.host, ours.port)

    def linked(self, answer: "httpx.Response", link: str) -> "httpx.URL | None":
        """Where a link in an answer leads; None where that is not our server."""
        import httpx

        try:
            url = answer.url.join(link)
        except httpx.InvalidURL:
            return None
        return url if self.is_ours(url) else None

    def send(
        self, method: str, url: "httpx.URL", content: bytes, headers: dict[str, str]
    ) -> "httpx.Response":
        """One request and, where they belong to it, its login and its redirects.

        Raises StoreUnreachable (in a Passing where the line dropped), StoreUntrusted,
        StoreUnencrypted, StoreAnswerStrange, Stopped.
        """
        import httpx

        client = self._opened()

        def ask(to: httpx.URL, auth: httpx.Auth | None) -> httpx.Response:
            request = client.build_request(method, to, content=content, headers=headers)
            # Else a name that is not ASCII could not log in by Digest.
            request.headers.encoding = "utf-8"
            return client.send(request, auth=auth)

        try:
            answer = ask(url, self._auth)
            if answer.status_code == 401 and self._changes_login(answer):
                answer = ask(url, self._auth)
            # Some servers hand a file out from a storage host. Nothing is written to or listed
            # from where we were not sent by the agent.
            for _ in range(_MOST_HOPS if method == "GET" and "authorization" not in headers else 0):
                if answer.status_code not in _REDIRECTS:
                    break
                to = answer.url.join(answer.headers.get("location", ""))
                if not self._may_go(to):
                    break
                answer = ask(to, self._auth if self.is_ours(to) else None)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failure = self._ours(error)
            # As an idle one does: trying again may help, and does not where nobody answers.
            dropped = (httpx.ReadError, httpx.WriteError, httpx.CloseError)
            if isinstance(failure, StoreUnreachable) and isinstance(
                error, (*dropped, httpx.RemoteProtocolError)
            ):
                raise Passing(failure) from error
            raise failure from error
        except (KeyError, ValueError, NotImplementedError) as error:
            # What httpx makes of a challenge of a kind it does not know.
            raise StoreAnswerStrange(place=self._place, reason="login challenge") from error
        return answer

    def _opened(self) -> "httpx.Client":
        if self._client is not None:
            return self._client
        import httpx

        from companion.sync.http_line import Transport

        url = self.url()
        if not self._may_go(url):
            raise StoreUnencrypted(place=self._place)
        if self._login.user:
            name = (self._login.user, self._login.password)
            # Where nobody can listen the first request carries the login: a sync with nothing new
            # stays one request. Elsewhere the server may ask for Digest, which hides the password.
            hidden = url.scheme == "https" or is_loopback(url.host)
            self._auth = httpx.BasicAuth(*name) if hidden else httpx.DigestAuth(*name)
        try:
            self._client = httpx.Client(
                # Not httpx's own look at the environment: one proxy there that it cannot use, be
                # it for another scheme, would keep us from making any client at all.
                trust_env=False,
                transport=Transport(
                    self._trust(), _proxy(url), self._network.timeout_s, self._watch
                ),
                event_hooks={"request": [lambda _: self._on_request()]},
                headers={
                    "User-Agent": f"Companion/{companion.__version__}",
                    # What is sealed cannot be deflated.
                    "Accept-Encoding": "identity",
                },
            )
        except (ValueError, httpx.InvalidURL) as error:
            raise StoreUnreachable(place=self._place, reason="proxy of a kind unknown") from error
        return self._client

    def _trust(self) -> ssl.SSLContext:
        try:
            return authorities(self._network.ca_file)
        except OSError as error:
            raise StoreUntrusted(place=self._place, reason="ca_file") from error

    def _may_go(self, url: "httpx.URL") -> bool:
        """Encrypted, or in clear where that is allowed; never in clear from an encrypted store."""
        if url.scheme == "https":
            return True
        clear = self.url().scheme == url.scheme == "http"
        return clear and (self._network.unencrypted or is_loopback(url.host))

    def _changes_login(self, answer: "httpx.Response") -> bool:
        """Whether the server asks for another kind of login than it was given."""
        import httpx

        asked = answer.headers.get_list("www-authenticate")
        digest = any(challenge.lower().startswith("digest ") for challenge in asked)
        name = (self._login.user, self._login.password)
        if isinstance(self._auth, httpx.BasicAuth) and digest:
            self._auth = httpx.DigestAuth(*name)
            return True
        if isinstance(self._auth, httpx.DigestAuth) and asked and not digest:
            self._auth = httpx.BasicAuth(*name)
            return True
        return False

    def _ours(self, error: Exception) -> CompanionError:
        import httpx

        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return StoreUntrusted(place=self._place, reason=cause.verify_message)
            # A line that drops while keys are exchanged is no matter of trust.
            if isinstance(cause, ssl.SSLError) and not isinstance(
                cause, (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
            ):
                return StoreUntrusted(place=self._place, reason=cause.reason or "TLS")
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, (httpx.DecodingError, httpx.InvalidURL)):
            return StoreAnswerStrange(place=self._place, reason=type(error).__name__)
        return StoreUnreachable(place=self._place, reason=type(error).__name__)


def when(said: str) -> float:
    """A date as HTTP writes it, in seconds since 1970; 0 where it is none."""
    try:
        date = email.utils.parsedate_to_datetime(said.strip())
        return date.replace(tzinfo=date.tzinfo or datetime.UTC).timestamp()
    except (TypeError, ValueError, OverflowError):
        return 0.0


def seconds_asked(answer: "httpx.Response") -> int:
    """What a server asks to wait for: seconds or a date; 0 where it says nothing that counts."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isdecimal() and len(said) < 9:
        return int(said)
    return max(0, int(when(said) - time.time()))


@functools.cache
def authorities(ca_file: str) -> ssl.SSLContext:
    """Whom this desk trusts; once a run, as a store may be opened anew for every sync."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def _proxy(url: "httpx.URL") -> str | None:
    """The desk's proxy (environment, Windows' settings) for a server that is not this machine."""
    import urllib.request

    if is_loopback(url.host) or urllib.request.proxy_bypass(url.host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"
