"""HTTP to the one server of a store: encrypted, logged in, and foreign errors made ours."""

import functools
import ipaddress
import ssl
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
from companion.sync.store import Login, Network

if TYPE_CHECKING:
    import httpx

_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_HOPS = 3


class Connection:
    """One client, kept alive, made at the first request; ``on_request`` hears of each request."""

    def __init__(
        self, folder: str, login: Login, network: Network, on_request: Callable[[], None]
    ) -> None:
        self._folder = folder
        self._login = login
        self._network = network
        self._on_request = on_request
        self._client: httpx.Client | None = None
        self._auth: httpx.Auth | None = None

    def url(self, name: str = "") -> "httpx.URL":
        """The address of an object, or of the folder. Raises StoreAnswerStrange."""
        import httpx

        try:
            return httpx.URL(self._folder + name)
        except httpx.InvalidURL as error:
            raise StoreAnswerStrange(place=self._folder, reason="InvalidURL") from error

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

        Raises StoreUnreachable, StoreUntrusted, StoreUnencrypted, StoreAnswerStrange.
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
            for _ in range(_MOST_HOPS):
                if method != "GET" or answer.status_code not in _REDIRECTS:
                    break
                to = answer.url.join(answer.headers.get("location", ""))
                if not self._may_go(to):
                    break
                answer = ask(to, self._auth if self.is_ours(to) else None)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._ours(error) from error
        except (KeyError, ValueError, NotImplementedError) as error:
            # What httpx makes of a challenge of a kind it does not know.
            raise StoreAnswerStrange(place=self._folder, reason="login challenge") from error
        return answer

    def _opened(self) -> "httpx.Client":
        import httpx

        if self._client is not None:
            return self._client
        url = self.url()
        if not self._may_go(url):
            raise StoreUnencrypted(place=self._folder)
        if self._login.user:
            name = (self._login.user, self._login.password)
            # Where nobody can listen the first request carries the login: a sync with nothing new
            # stays one request. Elsewhere the server may ask for Digest, which hides the password.
            hidden = url.scheme == "https" or _is_loopback(url.host)
            self._auth = httpx.BasicAuth(*name) if hidden else httpx.DigestAuth(*name)
        try:
            self._client = httpx.Client(
                verify=self._trust(),
                proxy=_proxy(url),
                # Not httpx's own look at the environment: one proxy there that it cannot use, be
                # it for another scheme, would keep us from making any client at all.
                trust_env=False,
                timeout=self._network.timeout_s,
                event_hooks={"request": [lambda _: self._on_request()]},
                headers={
                    "User-Agent": f"Companion/{companion.__version__}",
                    # What is sealed cannot be deflated.
                    "Accept-Encoding": "identity",
                },
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            raise StoreUnreachable(place=self._folder, reason="proxy of a kind unknown") from error
        return self._client

    def _trust(self) -> ssl.SSLContext:
        try:
            return _authorities(self._network.ca_file)
        except OSError as error:
            raise StoreUntrusted(place=self._folder, reason="ca_file") from error

    def _may_go(self, url: "httpx.URL") -> bool:
        """Encrypted, or in clear where that is allowed; never in clear from an encrypted store."""
        if url.scheme == "https":
            return True
        clear = self.url().scheme == url.scheme == "http"
        return clear and (self._network.unencrypted or _is_loopback(url.host))

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
                return StoreUntrusted(place=self._folder, reason=cause.verify_message)
            # A line that drops while keys are exchanged is no matter of trust.
            if isinstance(cause, ssl.SSLError) and not isinstance(
                cause, (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
            ):
                return StoreUntrusted(place=self._folder, reason=cause.reason or "TLS")
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, (httpx.DecodingError, httpx.InvalidURL)):
            return StoreAnswerStrange(place=self._folder, reason=type(error).__name__)
        return StoreUnreachable(place=self._folder, reason=type(error).__name__)


def was_dropped(failure: StoreUnreachable) -> bool:
    """Whether the line dropped, as an idle one does: trying again at once may help."""
    import httpx

    kinds = (httpx.ReadError, httpx.WriteError, httpx.CloseError, httpx.RemoteProtocolError)
    return isinstance(failure.__cause__, kinds)


@functools.cache
def _authorities(ca_file: str) -> ssl.SSLContext:
    """Whom this desk trusts; once a run, as a store may be opened anew for every sync."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _proxy(url: "httpx.URL") -> str | None:
    """The desk's proxy (environment, Windows' settings) for a server that is not this machine."""
    import urllib.request

    if _is_loopback(url.host) or urllib.request.proxy_bypass(url.host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"
