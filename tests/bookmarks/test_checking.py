"""Links are asked for on a real server: what it is asked, how often, and what comes of it."""

import logging
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from companion.bookmarks import checking
from companion.bookmarks.checking import Checked, Link, check
from companion.errors import Stopped
from companion.ui.words import LANGUAGES, Words


class Site:
    """A server on loopback that says for each path what it was told to."""

    def __init__(self, beside: "Site | None" = None) -> None:
        """``beside`` counts what both are asked at once."""
        self.tally = beside or self
        self.asked: list[str] = []
        self.heads: list[str] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        self.port = self.server.server_port
        self.root = f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(10)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site, tally = self, self.tally

        class Handler(BaseHTTPRequestHandler):
            """Paths are STATUS, STATUS/to/PATH, get-STATUS (of GET), slow, brief, rude, loop."""

            def do_HEAD(self) -> None:
                self._answer()

            def do_GET(self) -> None:
                self._answer()

            def _answer(self) -> None:
                with tally._lock:
                    site.asked.append(f"{self.command} {self.path}")
                    site.heads.append(str(self.headers).lower())
                    tally.at_once += 1
                    tally.most_at_once = max(tally.most_at_once, tally.at_once)
                self._say(self.path.strip("/").split("/to/", 1))

            def _answered(self) -> None:
                """Before a byte is sent: with the first one whoever asks may ask the next."""
                with tally._lock:
                    tally.at_once -= 1

            def _say(self, said: list[str]) -> None:
                status = said[0].partition("?")[0]
                if status.startswith("get-"):
                    status = status[4:] if self.command == "GET" else "405"
                elif status.startswith("rude"):
                    if self.command == "HEAD":
                        self._answered()
                        self.close_connection = True
                        return
                    status = "200"
                elif status == "loop":
                    status, said = "301", ["", "ROOT/loop"]
                elif status == "slow":
                    time.sleep(1.0)
                    status = "200"
                elif status == "brief":
                    time.sleep(0.05)
                    status = "200"
                self._answered()
                self.send_response(int(status))
                if len(said) > 1:
                    to = said[1].replace("ROOT", site.root)
                    self.send_header("Location", to if ":" in to else f"/{to}")
                self.send_header("Set-Cookie", "follow=me")
                self.send_header("Content-Length", "1000000000000")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is printed."""

        return Handler


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    site = Site()
    yield site
    site.close()


@pytest.mark.parametrize(
    ("path", "link", "to"),
    [
        ("/200", Link.FINE, ""),
        ("/204", Link.FINE, ""),
        ("/404", Link.GONE, ""),
        ("/410", Link.GONE, ""),
        ("/401", Link.FORBIDDEN, ""),
        ("/403", Link.FORBIDDEN, ""),
        ("/429", Link.FORBIDDEN, ""),
        ("/500", Link.UNREACHABLE, ""),
        ("/503", Link.UNREACHABLE, ""),
        ("/get-200", Link.FINE, ""),
        ("/get-404", Link.GONE, ""),
        ("/rude", Link.FINE, ""),
        ("/301/to/200", Link.MOVED, "/200"),
        ("/308/to/301/to/200", Link.MOVED, "/200"),
        ("/302/to/200", Link.FINE, ""),
        ("/301/to/302/to/200", Link.MOVED, "/302/to/200"),
        ("/302/to/301/to/200", Link.FINE, ""),
        ("/301/to/404", Link.GONE, ""),
        ("/302", Link.FINE, ""),
        ("/301/to/file:///etc/passwd", Link.UNREACHABLE, ""),
        ("/302/to/javascript:x", Link.UNREACHABLE, ""),
        ("/302/to/http://[", Link.UNREACHABLE, ""),
    ],
)
def test_what_a_server_says(site: Site, path: str, link: Link, to: str) -> None:
    (checked,) = check([site.root + path])
    moved = site.root + to if to else ""
    assert (checked.url, checked.link, checked.to) == (site.root + path, link, moved)


def test_redirects_in_a_circle_end(site: Site) -> None:
    told = Checked(f"{site.root}/loop", Link.UNREACHABLE, status=301)
    assert check([f"{site.root}/loop"]) == [told]
    assert len(site.asked) < 12


def test_the_page_is_asked_for_only_where_its_head_will_not_do(site: Site) -> None:
    check([f"{site.root}/200", f"{site.root}/get-200"])
    assert site.asked == ["HEAD /200", "HEAD /get-200", "GET /get-200"]


def test_nothing_private_is_sent(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = f"http://me:secret@127.0.0.1:{site.port}/302/to/ROOT/200?order=4711"
    check([secret, f"{site.root}/200?order=4712"])
    assert len(site.heads) >= 2
    assert not any(
        word in head for head in site.heads for word in ("authoriz", "cookie", "referer")
    )
    assert "secret" not in "".join([*site.heads, *site.asked])
    assert "4711" not in caplog.text
    assert "4712" not in caplog.text


def test_each_address_once_and_one_host_is_not_stormed(site: Site) -> None:
    urls = [f"{site.root}/brief?{n % 8}" for n in range(16)]
    found = check(urls)
    assert [one.url for one in found] == list(dict.fromkeys(urls))
    assert len(site.asked) == 8
    assert site.most_at_once == 1


def test_hosts_are_asked_side_by_side_but_few(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    monkeypatch.setattr(checking, "AT_ONCE", 3)
    others = [Site(beside=site) for _ in range(9)]
    try:
        assert {one.link for one in check(f"{one.root}/brief" for one in others)} == {Link.FINE}
    finally:
        for one in others:
            one.close()
    assert 1 < site.most_at_once <= 3


def test_only_the_web_is_asked(site: Site) -> None:
    urls = [
        "javascript:x",
        "file:///etc/passwd",
        "mailto:a@b",
        "http://[",
        "http://",
        "x",
        "http://a:x/",
    ]
    assert check(urls) == [Checked(url, Link.NOT_ASKED) for url in urls]
    assert site.asked == []


def test_who_does_not_answer_is_unreachable() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        refused = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert check([refused, "http://nowhere.invalid/"]) == [
            Checked(refused, Link.UNREACHABLE),
            Checked("http://nowhere.invalid/", Link.UNREACHABLE),
        ]


def test_a_host_that_sends_one_in_circles_is_asked_on(site: Site) -> None:
    # As one does that wants its cookie back.
    paths = ["loop", "loop?2", "301/to/http://[", "loop?3", "200"]
    found = check([f"{site.root}/{path}" for path in paths])
    assert [one.link for one in found] == [Link.UNREACHABLE] * 4 + [Link.FINE]


def test_who_says_nothing_is_not_waited_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_SECONDS", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        host = f"http://127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        found = check([f"{host}/{n}" for n in range(100)])
        # Two questions in vain are enough; a hundred would take half a minute.
        assert time.monotonic() - began < 10
    assert {one.link for one in found} == {Link.UNREACHABLE}


def test_it_tells_how_far_it_is_and_stops_at_once(site: Site) -> None:
    said: list[tuple[int, int]] = []
    check([f"{site.root}/brief?{n}" for n in range(10)], lambda *far: said.append(far))
    assert (said[0], said[-1], said) == ((0, 10), (10, 10), sorted(said))

    def stop(done: int, _of: int) -> None:
        if done:
            raise Stopped

    began = time.monotonic()
    asked = len(site.asked)
    with pytest.raises(Stopped):
        check([f"{site.root}/200", *(f"{site.root}/slow?{n}" for n in range(30))], stop)
    assert time.monotonic() - began < 5
    assert len(site.asked) - asked < 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_words(language: str) -> None:
    assert all(Words(language).say(f"link.{link.value}", to="http://x/") for link in Link)
