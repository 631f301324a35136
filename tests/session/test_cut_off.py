"""A process that is killed while it lends or takes back leaves nothing of the agent's behind."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from companion.bookmarks.browsers import Browser
from companion.desk.recording import RecordingPrograms
from companion.formats import chromium
from companion.formats.items import BookmarkItem, PhraseItem
from companion.input_methods.finding import InputMethod
from companion.session.desk_loans import DeskLoans
from tests.session.lending_scene import OWN, sealed, state

CANARY = "金丝雀马上办"
PHRASES = [PhraseItem("退款", CANARY, "tk")]
MARKS = [BookmarkItem(CANARY, "https://canary.test/")]


class Scene:
    """A Rime's file, a browser's profile, and the ledgers of a desk, which a new start reads."""

    def __init__(self, folder: Path, own: bool) -> None:
        self.user, self.lent = folder / "user", folder / "lent"
        profile, rime = self.user / "chromium/Default", self.user / "rime/custom_phrase.txt"
        for made in (profile, rime.parent):
            made.mkdir(parents=True)
        if own:
            (profile / "Bookmarks").write_bytes(chromium.write_bookmarks(OWN).data)
            (profile / "EncryptedBookmarks2").write_bytes(sealed(profile))
            rime.write_text("有\tu\t3", encoding="utf-8")
        self.browser = Browser("Chromium", "我", str(profile))
        self.method = InputMethod("ibus_rime", "rime", str(rime))

    @property
    def loans(self) -> DeskLoans:
        return DeskLoans(self.lent, RecordingPrograms())

    def put_phrases(self) -> object:
        return self.loans.put_phrases(self.method, PHRASES)

    def put_marks(self) -> object:
        return self.loans.put_bookmarks(self.browser, MARKS, "someone")


@contextmanager
def killed_before(act: int) -> Iterator[list[str]]:
    """What is about to be done to files, until one of these acts is cut off; none for zero."""
    said: list[str] = []

    def cut(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            said.append(name)
            if len(said) == act:
                # No clean-up of ours goes by this one, as none goes by a kill.
                raise KeyboardInterrupt
            return original(*arguments, **named)

        return wrapped

    with pytest.MonkeyPatch.context() as patched:
        for name in ("open", "replace", "unlink", "rmdir"):
            patched.setattr(os, name, cut(name, getattr(os, name)))
        yield said


@pytest.mark.parametrize("own", [True, False], ids=["a desk with its own", "an empty one"])
@pytest.mark.parametrize("put", [Scene.put_phrases, Scene.put_marks])
@pytest.mark.parametrize("phase", ["put", "take back"])
def test_wherever_it_is_killed_the_next_start_leaves_the_desk_as_it_was(
    phase: str, put: Callable[[Scene], object], own: bool, tmp_path: Path
) -> None:
    act, most = 0, 1
    while act < most:
        act += 1
        scene = Scene(tmp_path / str(act), own)
        before = state(scene.user)
        if phase == "take back":
            put(scene)
        with killed_before(act) as said:
            try:
                put(scene) if phase == "put" else scene.loans.take_back()
            except KeyboardInterrupt:
                most = act + 1
        assert scene.loans.take_back().remains == ()
        assert state(scene.user) == before, (act, said)
        assert not scene.loans.any(), (act, said)
    assert act > 2
