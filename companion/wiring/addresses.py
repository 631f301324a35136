"""The address of a store, as people type and paste it, and as it is kept: without a password."""

import ipaddress
import re
import unicodedata
from pathlib import Path, PureWindowsPath
from typing import NamedTuple
from urllib.parse import quote, quote_from_bytes, unquote, unquote_to_bytes

from companion.errors import InputInvalid, StoreKindUnknown

FORMS = {
    "folder": "folder:///path",
    "webdavs": "webdavs://user@host/path",
    "webdav": "webdav://user@host/path",
    "imaps": "imaps://user@host/Folder",
    "imap": "imap://user@host/Folder",
    "s3": "s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION&style=path|virtual",
}
# What services and other programs write for the same.
_ALSO = {
    "https": "webdavs",
    "davs": "webdavs",
    "http": "webdav",
    "dav": "webdav",
    "file": "folder",
    "smb": "folder",
}
# Spaces of every width, marks without any, and what encloses a text that was copied.
_AROUND = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\"'“”‘’<>《》「」"
_COLON, _SLASH = "[:：]", "[/／\\\\＼]"
_KIND = re.compile(rf"\s*([^\W\d_][\w+.-]+)\s*{_COLON}\s*({_SLASH}*)\s*", re.UNICODE)
_DRIVE = re.compile(rf"([A-Za-zＡ-Ｚａ-ｚ]){_COLON}(?={_SLASH})")
_UNC = re.compile(rf"{_SLASH}{{2}}(?=[^/／\\＼])")
_HOST = re.compile(r"\w(?:[\w-]*\w)?(?:\.\w(?:[\w-]*\w)?)*\.?")
_DOTS = str.maketrans("。｡．", "...")


class Address(NamedTuple):
    """A store's address in parts; ``path`` is quoted where it must be, ``query`` is a bucket's."""

    scheme: str
    user: str = ""
    host: str = ""
    port: int = 0
    path: str = ""
    query: str = ""

    def text(self) -> str:
        """The address as it is kept, shown, and read again to the same parts."""
        user = f"{_quoted(self.user, '@:/')}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        query = f"?{self.query}" if self.query else ""
        return f"{self.scheme}://{user}{host}{port}{self.path}{query}"


def parse(said: str) -> Address:
    """The parts of an address; a password that stands in it is left out.

    Raises StoreKindUnknown (scheme) and InputInvalid (name, allowed: the form it should have).
    """
    said = said.strip(_AROUND)
    found = _KIND.match(said)
    if found is None:
        raise StoreKindUnknown(scheme="")
    scheme = unicodedata.normalize("NFKC", found[1]).lower()
    scheme = _ALSO.get(scheme, scheme)
    if scheme not in FORMS:
        raise StoreKindUnknown(scheme=scheme)
    rest, slashes = said[found.end() :], found[2]
    if re.search("[／＼\\\\]", slashes):
        # Whoever writes these as slashes means them so further on.
        rest = re.sub(_SLASH, "/", rest)
    if scheme == "folder" and rest and (len(slashes) in (1, 3) or rest.startswith("/")):
        return Address(scheme, path=_path("/" + rest.lstrip("/")))
    if len(slashes) != 2 or not rest:
        raise _invalid(scheme)
    authority, slash, path = rest.partition("/")
    if "／" in authority or "＼" in authority:
        authority, slash, path = re.sub("[／＼]", "/", rest).partition("/")
    if scheme == "s3":
        return _bucket(authority, slash + path)
    if scheme != "folder" and re.search("[?#]", slash + path):
        raise _invalid(scheme)
    user, host, port = _authority(scheme, authority)
    if scheme == "folder" and (user or port):
        raise _invalid(scheme)
    return Address(scheme, user, host, port, _path(slash + path))


def _authority(scheme: str, said: str) -> tuple[str, str, int]:
    who, at, where = re.sub("[＠﹫]", "@", said).rpartition("@")
    if not at:
        who = ""
    # The password, if one stands there, goes no further than here.
    user = unquote(re.split(_COLON, who, maxsplit=1)[0].strip())
    where = unicodedata.normalize("NFKC", where).translate(_DOTS).strip().lower()
    if _is_ipv6(where):
        where = f"[{where}]"
    literal = re.fullmatch(r"\[(.*)\](?::(.*))?", where)
    host, port = (literal[1], literal[2] or "") if literal else where.partition(":")[::2]
    good = _is_ipv6(host) if literal else _HOST.fullmatch(host)
    number = int(port) if re.fullmatch("[0-9]{1,5}", port) else 0
    if not good or (port and not 0 < number < 1 << 16):
        raise _invalid(scheme)
    return user, host, number


def _is_ipv6(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).version == 6
    except ValueError:
        return False


def _bucket(bucket: str, rest: str) -> Address:
    """A bucket's address; sync/bucket.py says what of it is right."""
    if re.search("[@＠]", bucket):
        # The key's id and its secret have no place in it.
        raise _invalid("s3")
    where = unicodedata.normalize("NFKC", f"{bucket}{rest}") if "？" in rest else f"{bucket}{rest}"
    path, _, query = where.partition("?")
    bucket, slash, prefix = path.partition("/")
    return Address("s3", host=bucket, path=_path(slash + prefix), query=query)


def _invalid(scheme: str) -> InputInvalid:
    return InputInvalid(name="store", allowed=FORMS[scheme])


def _path(said: str) -> str:
    """A path with its parts quoted anew, and no slash behind the last."""
    return "/".join(_part(part) for part in said.split("/")).rstrip("/")


def _part(said: str) -> str:
    plain = unquote_to_bytes(said)
    try:
        return _quoted(plain.decode(), "/")
    except UnicodeDecodeError:
        return quote_from_bytes(plain, safe="")


def _quoted(text: str, more: str) -> str:
    """A text in an address that people read: quoted is only what would be taken for something."""
    return "".join(
        quote(each, safe="") if each in "%?#\\" + _AROUND + more or not each.isprintable() else each
        for each in text
    )


def user_of(address: str) -> str:
    """The user that a store's address names, empty where it names none."""
    return parse(address).user


def full_address(said: str, cwd: Path) -> str:
    """A store's address as it is kept: a path, of Windows too, becomes ``folder:`` and all of it.

    Raises what parse() raises.
    """
    said = said.strip(_AROUND)
    try:
        return parse(_as_uri(said, cwd)).text()
    except (ValueError, RuntimeError):
        # A server without a share, a name that no path can have, a home of nobody.
        raise _invalid("folder") from None


def _as_uri(said: str, cwd: Path) -> str:
    if (_UNC.match(said) and not said.startswith("//")) or _DRIVE.match(said):
        said = _DRIVE.sub(lambda drive: unicodedata.normalize("NFKC", drive[1]) + ":", said, 1)
        windows = PureWindowsPath(re.sub("[／＼]", "/", said))
        return windows.as_uri()
    if _KIND.match(said):
        return said
    return (cwd / Path(said).expanduser()).resolve().as_uri()
