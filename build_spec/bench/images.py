"""Measures sitting down over a slow line with 20 MB of images: the first hit, and all of it."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

from build_spec.bench.figures import Figure, say
from build_spec.bench.stores import PASSPHRASE, fill, new_profile
from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.session.session import Session
from companion.session.sitting import sign_in
from companion.sync.folder import FolderStore
from companion.sync.store import Login
from companion.wiring.seats import prepare, seat
from tests.sync.fault_server import Answer, FaultServer, Heard

PHRASES, IMAGES, IMAGE_BYTES = 5_000, 40, 512 * 1024
LINE_BYTES_S = 2_000_000
"""A line of 16 Mbit/s."""
_NO_HIT, _NOT_ALL = "the query found nothing", "some images are not here"
_PNG = b"\x89PNG\r\n\x1a\n"


class SlowLine(FaultServer):
    """A WebDAV server whose answers take as long as their bytes do on the line."""

    def __init__(self, packs: FolderStore) -> None:
        super().__init__()
        self.objects = {name: packs.get(name) for name in packs.names()}
        self.check = self._wait

    @property
    def address(self) -> str:
        """Where its store is."""
        return f"webdav://lin@127.0.0.1:{self.port}/dav/packs"

    def _wait(self, heard: Heard) -> Answer | None:
        if heard.method == "GET":
            name = heard.path.rpartition("/")[2]
            self.stop.wait(len(self.objects.get(name, b"")) / LINE_BYTES_S)
        return None


def measure(folder: Path) -> Iterator[Figure]:
    """The figures without images, and with 20 MB of them."""
    took = {}
    for images in (0, IMAGES):
        say(f"images: {PHRASES:,} phrases, {images} images over a slow line")
        made = folder / f"{images}"
        made.mkdir()
        session = new_profile(made / "first", made / "store")
        _add_images(session, images)
        fill(session, PHRASES)
        with SlowLine(FolderStore(made / "store")) as line:
            took[images] = _one_desk(made / "desk", line, images)
    line_said = f"{PHRASES:,} phrases over WebDAV at {LINE_BYTES_S // 1_000_000} MB/s"
    with_images, without = took[IMAGES], took[0]
    yield Figure("first hit over a slow line, no images", without[0], "s", line_said)
    how = f"{line_said}, {IMAGES} images of 512 KB; all of them here after {with_images[1]:.1f} s"
    yield Figure("first hit over a slow line, 20 MB of images", with_images[0], "s", how)
    how = "with the images to without them"
    yield Figure("  times without images", with_images[0] / without[0], "×", how, 1.25)


def _add_images(session: Session, count: int) -> None:
    draw = random.Random(1)
    for number in range(count):
        phrase = session.profile.add("phrase", title=f"picture {number}", body="see")
        data = _PNG + draw.randbytes(IMAGE_BYTES - len(_PNG))
        session.profile.add("image", parent=phrase, data=data)
        session.save()


def _one_desk(home: Path, line: SlowLine, images: int) -> tuple[float, float]:
    """The seconds until the first hit, and until all is here."""
    prepare(line.address)
    begun = time.perf_counter()
    session = sign_in(seat(home), line.address, PASSPHRASE, login=Login("lin", "secret"))
    if not Index(entries_of(session.profile), later=True).find("tk"):
        raise ValueError(_NO_HIT)
    first = time.perf_counter() - begun
    session.sync()
    if sum(bool(image.data) for image in session.profile.images()) != images:
        raise ValueError(_NOT_ALL)
    return first, time.perf_counter() - begun
