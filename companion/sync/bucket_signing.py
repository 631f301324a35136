"""Signs requests to a bucket (AWS Signature Version 4), as all that speaks S3 checks them."""

import datetime
import hashlib
import hmac
import urllib.parse
from collections.abc import Mapping

from companion.sync.store import Login

_ALGORITHM = "AWS4-HMAC-SHA256"
_SAFE = "-_.~"


def quoted_path(path: str) -> str:
    """A path as it is sent and signed: nothing but letters, digits, ``-_.~`` and slashes bare."""
    return urllib.parse.quote(path, safe=f"/{_SAFE}")


def quoted_query(facts: Mapping[str, str]) -> str:
    """A query as it is sent and signed: in order, everything quoted."""
    return "&".join(
        f"{urllib.parse.quote(name, safe=_SAFE)}={urllib.parse.quote(value, safe=_SAFE)}"
        for name, value in sorted(facts.items())
    )


def signed(
    method: str,
    host: str,
    path: str,
    query: str,
    content: bytes,
    *,
    login: Login,
    region: str,
    now: datetime.datetime,
) -> dict[str, str]:
    """The headers that make a request the login's own, host and content being part of what counts.

    ``path`` and ``query`` are quoted already, ``host`` has the port where it is not the usual one,
    ``now`` is in UTC.
    """
    moment = now.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{region}/s3/aws4_request"
    digest = hashlib.sha256(content).hexdigest()
    told = {"host": host, "x-amz-content-sha256": digest, "x-amz-date": moment}
    names = ";".join(told)
    lines = "".join(f"{name}:{value}\n" for name, value in told.items())
    request = "\n".join((method, path, query, lines, names, digest))
    hashed = hashlib.sha256(request.encode()).hexdigest()
    key = f"AWS4{login.password}".encode()
    for part in scope.split("/"):
        key = _mac(key, part)
    signature = _mac(key, f"{_ALGORITHM}\n{moment}\n{scope}\n{hashed}").hex()
    del told["host"]
    who = f"Credential={login.user}/{scope}, SignedHeaders={names}, Signature={signature}"
    return told | {"authorization": f"{_ALGORITHM} {who}"}


def _mac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
