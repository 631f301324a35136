"""What a failure of obstore means: it says in prose what the service answered."""

import re

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
    StoreUntrusted,
)

_STATUS = re.compile(r"non-2xx status code: (\d{3})")
_CODE = re.compile(r"<Code>([A-Za-z0-9.]{1,60})</Code>")
_UNTRUSTED = re.compile(r"InvalidCertificate\(\s*([A-Za-z]{1,60})")
_KIND = re.compile(r"kind: (Timeout|Connect|Interrupted|Request)\b")

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
_BROKEN = {"Interrupted", "Request"}


def understood(text: str, place: str, act: str, name: str) -> tuple[CompanionError, bool]:
    """The error of ours for obstore's words, and whether asking again may help.

    ``name`` is the object that may be missing. None of the words get into the error but the
    service's short code.
    """
    found, said = _STATUS.search(text), _CODE.search(text)
    if found is None:
        return _without_answer(text, place)
    status, code = int(found[1]), said[1] if said else ""
    reason = code or found[1]
    if code == "NoSuchBucket":
        return StoreMissing(place=place), False
    if code == "NoSuchKey" and name:
        return ObjectMissing(name=name), False
    if code in _REFUSED_CODES or status == 401:
        return StoreLoginRefused(place=place), False
    if code in _FULL_CODES or status == 507:
        return StoreFull(place=place), False
    if code in _BUSY_CODES or status in _BUSY:
        return StoreBusy(place=place, seconds=0), True
    if code in _TORN_CODES or status in _GATEWAY:
        return StoreUnreachable(place=place, reason=reason), True
    if status >= 500 or code == "RequestTimeTooSkewed":
        return StoreUnreachable(place=place, reason=reason), False
    if status == 403:
        return StoreDenied(place=place, act=act), False
    return StoreAnswerStrange(place=place, reason=reason), False


def _without_answer(text: str, place: str) -> tuple[CompanionError, bool]:
    untrusted, kind = _UNTRUSTED.search(text), _KIND.search(text)
    if untrusted:
        return StoreUntrusted(place=place, reason=untrusted[1]), False
    if kind is None:
        # A redirect that leads nowhere, an answer without what every bucket's answer has.
        return StoreAnswerStrange(place=place, reason="NoBucket"), False
    # A line that broke may be whole again; who stayed silent that long will go on.
    return StoreUnreachable(place=place, reason=kind[1]), kind[1] in _BROKEN
