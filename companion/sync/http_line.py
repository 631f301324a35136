"""The lines that httpx's requests go over: ours, which can be stopped and tell what moves."""

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from companion.sync.store import Watch
from companion.sync.wire import Wire, connect


@contextmanager
def _as_httpcore(late: type[Exception], lost: type[Exception]) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise late(str(error)) from error
    except OSError as error:
        raise lost(str(error)) from error


class _Stream(httpcore.NetworkStream):
    """A Wire as httpcore wants it; the time-outs are the wire's own."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _as_httpcore(httpcore.ReadTimeout, httpcore.ReadError):
            return self._wire.receive(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with _as_httpcore(httpcore.WriteTimeout, httpcore.WriteError):
            self._wire.send(buffer)

    def close(self) -> None:
        self._wire.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            with _as_httpcore(httpcore.ConnectTimeout, httpcore.ConnectError):
                return _Stream(self._wire.encrypt(ssl_context, server_hostname or ""))
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._wire.is_readable() if info == "is_readable" else None


class _Lines(httpcore.NetworkBackend):
    def __init__(self, timeout_s: float, watch: Watch) -> None:
        self._timeout_s, self._watch = timeout_s, watch

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        with _as_httpcore(httpcore.ConnectTimeout, httpcore.ConnectError):
            return _Stream(connect(host, port, self._timeout_s, self._watch))


class Transport(httpx.HTTPTransport):
    """httpx's own transport over our lines, straight or through an HTTP proxy.

    Raises ValueError where the proxy is of another kind.
    """

    def __init__(
        self, trust: ssl.SSLContext, proxy: str | None, timeout_s: float, watch: Watch
    ) -> None:
        lines = _Lines(timeout_s, watch)
        if proxy is None:
            self._pool = httpcore.ConnectionPool(ssl_context=trust, network_backend=lines)
            return
        # A proxy that is itself spoken to over TLS would need TLS in TLS.
        through = httpx.Proxy(proxy)
        if through.url.scheme != "http":
            raise ValueError
        self._pool = httpcore.HTTPProxy(
            proxy_url=str(through.url),
            proxy_auth=through.raw_auth,
            ssl_context=trust,
            network_backend=lines,
        )
