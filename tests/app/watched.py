"""Somebody at the desk who has copied messages watched, and the programs he copies in."""

from dataclasses import dataclass

from companion.app.watching import Watching
from companion.desk.ports import Target
from companion.desk.recording_copies import RecordingCopies
from companion.session.watching import OPTIONS, Watch, keep_watch, watch_of
from companion.ui.watch_hint import WatchHint
from tests.app.lock_scene import Scene

WEIXIN = Target(8, "weixin", "张女士")
LATE = "都买了三天了还没发货,不要了,我要退货!"
DARK = "钱也没了，我不想活了"
BROKEN = "用了一次就坏了，什么破东西"


@dataclass
class Watched:
    """The scene, with somebody who has 微信 watched."""

    scene: Scene
    copies: RecordingCopies

    @property
    def watching(self) -> Watching:
        found = self.scene.app.watching
        assert found is not None
        return found

    @property
    def hint(self) -> WatchHint:
        return self.watching.hint

    def want(self, on: bool, *programs: str) -> None:
        """Choose it on another desk, or from a shell."""
        keep_watch(self.scene.session(), Watch(on, programs))
        self.rest()

    def kept(self) -> Watch:
        """What the profile says."""
        return watch_of(*map(self.scene.session().option, OPTIONS))

    def copy(self, text: str, where: Target | None = WEIXIN, ours: bool = False) -> None:
        self.scene.desk.target = where
        self.copies.copy(text, ours)
        self.rest()

    def rest(self) -> None:
        """Wait until the worker has nothing to do, and its answers have come."""
        for _ in range(4):
            self.scene.app.tasks.finish()
            self.scene.qtbot.wait(5)

    def hinted(self) -> str:
        """The situation of the hint that is seen, empty where none is."""
        return self.hint.heading.text() if self.hint.isVisible() else ""
