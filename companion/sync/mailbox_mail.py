"""The mails of a mailbox store: how ours are written, and told from everybody else's."""

import base64
import binascii
import re
from collections.abc import Iterator

from companion.resource_files import resource
from companion.sync.store import OBJECT_NAME

Untagged = dict[str, list[bytes | tuple[bytes, bytes]]]
"""What a server said to a command, by kind, as imaplib has it."""

LISTED = "(UID FLAGS BODY BODY.PEEK[HEADER.FIELDS (SUBJECT)])"
"""What to fetch of mails for ``listed``."""

BYTES = "(BODY.PEEK[2])"
"""What to fetch of a mail for ``content``: our bytes only, so that no mail has to be parsed."""

_BOUNDARY = "=_companion_="
_RECORD = re.compile(rb"\d+ \(")
# What IMAP says of a mail of ours: two parts, a text and our bytes, named as the object. A reply
# has no attachment, a mail that was forwarded has another subject.
_SHAPE = re.compile(
    rb'BODY \(\("text" "\w+" (?:NIL|\([^()]*\)) [^()]*\) ?'
    rb'\("application" "octet-stream" \([^()]*"name" "([^"]+)"[^()]*\)'
    rb'[^()]*"base64" (\d+)[^()]*\) "mixed"\)',
    re.IGNORECASE | re.DOTALL,
)
_UID = re.compile(rb"\bUID (\d+)")
_SHORT = re.compile(rb'BODY\[2\] (?:NIL|"([^"]*)")', re.IGNORECASE)


def mail(name: str, data: bytes) -> bytes:
    """An object as a mail that says, to whoever comes upon it, what it is."""
    # Slow to import: not before something is put.
    from email.utils import formatdate

    notice = base64.encodebytes(resource("mail", "notice.txt").read_bytes())
    text = (
        f"From: Companion <companion@invalid>\nDate: {formatdate()}\nSubject: {name}\n"
        "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"\n\n'
        f"--{_BOUNDARY}\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: base64\n\n{notice.decode()}\n"
        f'--{_BOUNDARY}\nContent-Type: application/octet-stream; name="{name}"\n'
        f'Content-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(data).decode()}\n"
        f"--{_BOUNDARY}--\n"
    )
    return text.replace("\n", "\r\n").encode("ascii")


def listed(said: Untagged) -> Iterator[tuple[str, int, int]]:
    """The objects among the mails of a FETCH, each with its mail's number and bytes on the way."""
    for text, subject in _records(said):
        found = _object(text, subject)
        if found:
            name, size = found
            yield name, _uid(text), size


def content(said: Untagged, uid: int) -> bytes | None:
    """The bytes of an object, by what a FETCH said; none where it said nothing of that mail."""
    for text, body in _records(said):
        short = _SHORT.search(text)
        if _uid(text) == uid and (short or b"BODY[2]" in text.upper()):
            return _decoded((short[1] or b"") if short else body)
    return None


def _records(said: Untagged) -> Iterator[tuple[bytes, bytes]]:
    """What a FETCH said, mail by mail: its text without, and the last of its, literals."""
    text, literal = b"", b""
    for piece in said.get("FETCH", []):
        head, body = piece if isinstance(piece, tuple) else (piece, None)
        if _RECORD.match(head) and text:
            yield text, literal
            text, literal = b"", b""
        text += head
        if body is not None:
            literal = body
    if text:
        yield text, literal


def _uid(text: bytes) -> int:
    found = _UID.search(text)
    return int(found[1]) if found else 0


def _object(text: bytes, header: bytes) -> tuple[str, int] | None:
    """The object that a mail holds, and its bytes as they are sent; None where it is not ours."""
    shape = _SHAPE.search(text)
    subject = b"".join(header.partition(b":")[2].split(b"\r\n")).strip()
    if not shape or shape[1] != subject or rb"\deleted" in text.lower():
        return None
    name = subject.decode("ascii", "replace")
    return (name, int(shape[2])) if OBJECT_NAME.fullmatch(name) else None


def _decoded(body: bytes) -> bytes:
    try:
        return base64.b64decode(body)
    except binascii.Error:
        # Whoever asked checks what the bytes mean, and goes on with the others.
        return body
