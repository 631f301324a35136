"""Addresses that come in from outside: dropped out of a browser, or pasted."""

import re

from PySide6.QtCore import QMimeData, QUrl

Link = tuple[str, str]
"""A title (empty where there is none) and an address."""

_MOST = 200
# What is pasted may be any text: only what cannot be anything but an address is one.
_ADDRESS = re.compile(r"(?:(?:https?|ftp|file)://|mailto:|tel:)\S+", re.IGNORECASE)
_SITE = re.compile(r"www\.[^\s/.]+\.\S+", re.IGNORECASE)
_MOZILLA = "text/x-moz-url"
_LINES = 2


def links_in(data: QMimeData) -> list[Link]:
    """The links that something dragged or copied holds, each once and in order."""
    found = _from_browser(data)
    if not found and data.hasUrls():
        found = [("", _written(url)) for url in data.urls() if url.isValid()]
    if not found and data.hasText():
        found = links_of(data.text())
    return list({link[1]: link for link in found if link[1]}.values())[:_MOST]


def links_of(text: str) -> list[Link]:
    """The links of a text that is nothing but addresses, one on a line; none of any other."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    links = [
        ("", f"https://{line}" if _SITE.fullmatch(line) else line)
        for line in lines
        if _SITE.fullmatch(line) or _ADDRESS.fullmatch(line)
    ]
    return links if len(links) == len(lines) else []


def _from_browser(data: QMimeData) -> list[Link]:
    """What Firefox and Chromium say of a link: the address and the title, a line each."""
    if not data.hasFormat(_MOZILLA):
        return []
    said = bytes(data.data(_MOZILLA).data()).decode("utf-16-le", "replace").strip("\x00\ufeff")
    lines = said.splitlines()
    if len(lines) < _LINES or len(lines) % _LINES:
        return []
    return [(lines[at + 1].strip(), lines[at].strip()) for at in range(0, len(lines), _LINES)]


def _written(url: QUrl) -> str:
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
