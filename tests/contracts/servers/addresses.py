"""Places on the real servers as an agent names them: an address and a login."""

import urllib.parse
from pathlib import Path

from companion.sync.store import Login
from tests.contracts.servers import buckets, dovecot, served, webdav

Place = tuple[str, Login]


def on_webdav(server: webdav.Server, around: Path) -> Place:
    """A folder of its own on a WebDAV server."""
    folder = served.ServedPlace(server, around)
    url = urllib.parse.urlsplit(folder.url)
    path = urllib.parse.quote(url.path)
    return f"webdav://{server.login.user}@{url.netloc}{path}", server.login


def on_apache(around: Path) -> Place:
    """The same, on Apache."""
    return on_webdav(webdav.apache(), around)


def on_wsgidav(around: Path) -> Place:
    """The same, on wsgidav."""
    return on_webdav(webdav.wsgidav(), around)


def in_a_bucket(around: Path) -> Place:
    """A bucket of its own on rclone."""
    place = buckets.RcloneBucketPlace(around)
    endpoint = buckets.rclone().endpoint
    return f"s3://{place.bucket}/lin?endpoint={endpoint}&region={buckets.REGION}", buckets.LOGIN


def in_a_mailbox(around: Path) -> Place:
    """A folder in the mailbox of a user of its own on Dovecot."""
    place = dovecot.MailboxPlace(around)
    folder = urllib.parse.quote(place.name)
    address = f"imap://{place.login.user}@127.0.0.1:{place.server.port}/{folder}"
    return address, place.login
