"""Asks, when the agent wants it, which bookmarks still lead somewhere: nothing else is fetched."""

import asyncio
import logging
import urllib.parse
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

from companion.bookmarks.doubles import same_page

if TYPE_CHECKING:
    import httpx

Watch = Callable[[int, int], None]
"""Called with how many addresses are done and how many there are; what it raises stops the work."""

AT_ONCE = 6
"""How many addresses are asked at the same time; one host is asked for one after the other."""

_SECONDS = 10.0
_HOPS = 8
_LOOK = 0.2
# A host that has not answered so often in a row is not waited for again.
_SILENT = 2
_REDIRECTS = (301, 302, 303, 307, 308)
_LASTING = (301, 308)
_GONE = (404, 410)


class Link(Enum):
    """How a link was found; resources/i18n has the words (link.X)."""

    FINE = "fine"
    MOVED = "moved"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    FORBIDDEN = "forbidden"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Checked:
    """What came of asking for one address.

    ``to`` is where it has moved for good. ``status`` is what the server said last, 0 where no
    answer came. Forbidden means that the server answers but wants a login, or nobody at all:
    the page may be fine for the agent.
    """

    url: str
    link: Link
    to: str = ""
    status: int = 0


def _never() -> bool:
    return False


def check(
    urls: Iterable[str],
    watch: Watch = lambda _done, _of: None,
    stop: Callable[[], bool] = _never,
) -> list[Checked]:
    """Ask for each address once, a few at a time, until stop() is true; not for the GUI thread.

    Only http and https are asked, the others and what was stopped are NOT_ASKED. No password of an
    address, no cookie and no referrer is sent, and no page is read beyond its head.
    """
    wanted = list(dict.fromkeys(urls))
    found = asyncio.run(_check_all([url for url in wanted if _is_web(url)], watch, stop))
    return [found.get(url, Checked(url, Link.NOT_ASKED)) for url in wanted]


def _is_web(url: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(url.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


async def _check_all(urls: list[str], watch: Watch, stop: Callable[[], bool]) -> dict[str, Checked]:
    found: dict[str, Checked] = {}
    # One host is asked for one page after the other: a shift's bookmarks lead to few hosts, and a
    # dozen questions at once look like an attack to some.
    waiting: dict[str, list[str]] = {}
    for url in urls:
        waiting.setdefault(_without_login(url.strip()).split("/")[2].lower(), []).append(url)
    free = asyncio.Semaphore(AT_ONCE)

    async def ask_host(of_host: list[str]) -> None:
        silent = 0
        async with free:
            for url in of_host:
                given_up = silent == _SILENT
                checked = Checked(url, Link.UNREACHABLE) if given_up else await _check(client, url)
                found[url] = checked
                silent = 0 if checked.status else min(silent + 1, _SILENT)

    async with _client() as client:
        tasks = [asyncio.ensure_future(ask_host(of_host)) for of_host in waiting.values()]
        try:
            watch(0, len(urls))
            while pending := [task for task in tasks if not task.done()]:
                await asyncio.wait(pending, timeout=_LOOK)
                watch(len(found), len(urls))
                if stop():
                    return found
            for task in tasks:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return found


@asynccontextmanager
async def _client() -> "AsyncIterator[httpx.AsyncClient]":
    import httpx

    # Both tell every address to whoever listens; bookmarks are nobody's business.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Some servers turn away what does not look like a browser.
    headers = {"User-Agent": "Mozilla/5.0 (compatible; Companion)", "Accept": "*/*"}
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    async with httpx.AsyncClient(
        headers=headers, cookies=no_cookies, timeout=_SECONDS, follow_redirects=False
    ) as client:
        yield client


async def _check(client: "httpx.AsyncClient", url: str) -> Checked:
    import httpx

    try:
        return await asyncio.wait_for(_follow(client, url), _SECONDS * 2)
    # A certificate nobody trusts, an answer that is none: all the same to whoever clicks there.
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError):
        return Checked(url, Link.UNREACHABLE)


async def _follow(client: "httpx.AsyncClient", url: str) -> Checked:
    """Asks where an address leads, from hop to hop."""
    here = _without_login(url.strip())
    # As far as every hop is for good the bookmark may follow; the first other ends that.
    lasting, moved, status = True, "", 0
    for _ in range(_HOPS):
        status, next_ = await _ask(client, here)
        if status not in _REDIRECTS or not next_:
            return _judged(url, status, moved)
        lasting = lasting and status in _LASTING
        here = _joined(here, next_)
        if not _is_web(here):
            break
        moved = here if lasting else moved
    # The host has answered: its other pages may still be there.
    return Checked(url, Link.UNREACHABLE, status=status)


async def _ask(client: "httpx.AsyncClient", url: str) -> tuple[int, str]:
    """The status and, of a redirect, where to; the head of the page is asked for first.

    Some servers do not know that question, or answer it otherwise than the real one.
    """
    import httpx

    with suppress(httpx.RemoteProtocolError, httpx.ReadError):
        answer = await client.head(url)
        if answer.status_code < 400:
            return answer.status_code, answer.headers.get("location", "")
    async with client.stream("GET", url) as whole:
        return whole.status_code, whole.headers.get("location", "")


def _judged(url: str, status: int, moved: str) -> Checked:
    if status in _GONE:
        return Checked(url, Link.GONE, status=status)
    if status >= 500:
        return Checked(url, Link.UNREACHABLE, status=status)
    if status >= 400:
        return Checked(url, Link.FORBIDDEN, status=status)
    # A slash more, or https instead of http: worth telling only where the page is another.
    if moved and same_page(moved) != same_page(url):
        return Checked(url, Link.MOVED, moved, status)
    return Checked(url, Link.FINE, status=status)


def _joined(here: str, next_: str) -> str:
    """Where a redirect leads; empty where that cannot be read."""
    try:
        return _without_login(urllib.parse.urljoin(here, next_))
    except ValueError:
        return ""


def _without_login(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
