"""Finds bookmarks that lead to the same page, however their addresses are written."""

import re
import urllib.parse
from collections.abc import Iterable
from typing import TypeVar

_T = TypeVar("_T")
_PORTS = {"http": 80, "https": 443, "ftp": 21}
# What campaigns and shops add to see where a visitor came from; the page is the same without.
_TRACKERS = re.compile(
    r"utm_\w+|gclid|gclsrc|dclid|fbclid|msclkid|yclid|spm|scm|_hsenc|_hsmi|mc_cid|mc_eid",
    re.IGNORECASE,
)
_ESCAPE = re.compile("%([0-9a-fA-F]{2})")
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")


def doubles(marks: Iterable[tuple[_T, str]]) -> list[list[_T]]:
    """Groups of those whose addresses are the same page, in the order they came."""
    groups: dict[str, list[_T]] = {}
    for one, url in marks:
        groups.setdefault(same_page(url), []).append(one)
    return [group for group in groups.values() if len(group) > 1]


def same_page(url: str) -> str:
    """What addresses of one page have in common; of one that cannot be read, itself.

    Not told apart: http and https, upper and lower case of scheme and host, a usual port, a slash
    at the end, a place within the page, what only says where a visitor came from, and how plain
    letters are escaped. The order of what is asked for matters, and so does a place that a page
    makes a page of its own (``#/orders``, ``#!x``).
    """
    url = url.strip()
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        return url
    host = _ascii(parts.hostname.rstrip("."))
    at = f":{port}" if port not in (None, _PORTS[scheme]) else ""
    who = f"{parts.username}@" if parts.username else ""
    path = _unescaped(parts.path).rstrip("/")
    asked = "&".join(
        _unescaped(one)
        for one in parts.query.split("&")
        if one and not _TRACKERS.fullmatch(one.partition("=")[0])
    )
    place = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    kind = "http" if scheme == "https" else scheme
    return f"{kind}://{who}{host}{at}{path}?{asked}#{place.rstrip('/')}"


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _unescaped(text: str) -> str:
    """Letters that need no escape without one, others with one, its digits upper case."""
    sound = urllib.parse.quote(text, safe="/%:@!$&'()*+,;=?[]|~")
    return _ESCAPE.sub(_plain, sound)


def _plain(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return chr(code) if code in _PLAIN else escape[0].upper()
