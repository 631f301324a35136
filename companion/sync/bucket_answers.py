"""What a bucket's answers mean: a listing, or a refusal by its status and its short code."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.errors import (
    CompanionError,
    ObjectMissing,
    StoreAnswerStrange,
    StoreBusy,
    StoreDenied,
    StoreFull,
    StoreLoginRefused,
    StoreMissing,
    StoreUnreachable,
)
from companion.sync.plain_xml import NotXml, parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CODE = re.compile(rb"<Code>([A-Za-z0-9.]{1,60})</Code>")

_REFUSED_CODES = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken"}
_FULL_CODES = {
    "QuotaExceeded",  # Ceph
    "XMinioStorageFull",
    "XMinioAdminBucketQuotaExceeded",
    "InsufficientStorageSpace",  # OBS
}
_BUSY_CODES = {"SlowDown", "TooManyRequests", "RequestLimitExceeded", "QpsLimitExceeded"}
# What was sent arrived short or changed: the line's fault, not ours.
_TORN_CODES = {"IncompleteBody", "RequestTimeout", "BadDigest", "XAmzContentSHA256Mismatch"}
_BUSY = {423, 429, 503}
_GATEWAY = {502, 504}


@dataclass(frozen=True)
class Page:
    """The keys of one page of a listing, and what the next one is asked for with."""

    keys: list[str]
    next: str


def page(body: bytes) -> Page | None:
    """What a listing says; None where it is none, or says that there is more and not where."""
    try:
        root = parsed(body)
    except NotXml:
        return None
    if _bare(root) != "ListBucketResult":
        return None
    keys = [_text(entry, "Key") for entry in root if _bare(entry) == "Contents"]
    more = _text(root, "NextContinuationToken") if _text(root, "IsTruncated") == "true" else ""
    return None if _text(root, "IsTruncated") == "true" and not more else Page(keys, more)


def _bare(element: "Element") -> str:
    # Some services leave the namespace out.
    return element.tag.rpartition("}")[2]


def _text(element: "Element", name: str) -> str:
    found = next((each.text for each in element if _bare(each) == name), "")
    return found or ""


def understood(
    status: int, body: bytes, *, place: str, act: str, name: str, seconds: int
) -> tuple[CompanionError, bool]:
    """The error of ours for a refusal, and whether asking again may help.

    ``name`` is the object that may be missing, ``seconds`` the wait that is asked for. None of the
    service's words get into the error, which may quote the request, but its short code.
    """
    said = _CODE.search(body)
    code = said[1].decode() if said else ""
    reason = code or str(status)
    if code == "NoSuchBucket":
        return StoreMissing(place=place), False
    if code == "NoSuchKey" and name:
        return ObjectMissing(name=name), False
    if code in _REFUSED_CODES or status == 401:
        return StoreLoginRefused(place=place), False
    if code in _FULL_CODES or status == 507:
        return StoreFull(place=place), False
    if code in _BUSY_CODES or status in _BUSY:
        return StoreBusy(place=place, seconds=seconds), True
    if code in _TORN_CODES or status in _GATEWAY:
        return StoreUnreachable(place=place, reason=reason), True
    if status >= 500 or code == "RequestTimeTooSkewed":
        return StoreUnreachable(place=place, reason=reason), False
    if status == 403:
        return StoreDenied(place=place, act=act), False
    return StoreAnswerStrange(place=place, reason=reason), False
