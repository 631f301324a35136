"""A desk that only remembers what it was asked to do: for tests of what happens around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from companion.desk.hotkey_text import Hotkey, parse
from companion.desk.ports import Ask, Content, CopyKeys, Key, Obstacle, PasteKeys, Rect, Target
from companion.desk.secrets_port import MOST_SECRET_BYTES
from companion.errors import HotkeyTaken, SecretsUnavailable


@dataclass
class RecordingOffer:
    """An offer whose fetches are counted by hand: the target's, and those of others."""

    content: Content
    count: int = 0
    others: int = 0
    looks: int = 0
    """How often the target asked which formats there are, and took none."""
    gone: bool = False
    """Set by the test that lets another program take the clipboard, and by the next content."""
    counts: bool = True

    def fetches(self, by: Target | None = None) -> int:
        """How often the content was asked for."""
        return self.count if by is not None else self.count + self.others

    def asks(self, by: Target | None = None) -> int:
        """How often anything was asked."""
        return self.fetches(by) + self.looks

    def counting(self) -> bool:
        """What the test said."""
        return self.counts

    def standing(self) -> bool:
        """Whether nobody took the clipboard since."""
        return not self.gone


@dataclass
class RecordingDesk:
    """Clipboard, windows, typist and hotkeys in one; ``acts`` is what was done, in order."""

    target: Target | None = None
    clipboard: object = "before"
    held: bool = False
    found_obstacle: Obstacle | None = None
    rect: Rect | None = None
    open: list[str] = field(default_factory=list)
    """The programs with a window."""
    returns_focus: bool = True
    takes_paste: bool = True
    tells: bool = True
    """Whether the program that copied hands over what it has."""
    acts: list[str] = field(default_factory=list)
    pasted: list[str] = field(default_factory=list)
    copied: list[Content] = field(default_factory=list)
    hotkeys: dict[Hotkey, Callable[[], None]] = field(default_factory=dict)
    holding: set[Hotkey] = field(default_factory=set)
    waits: bool = False
    """Whether what is typed now waits for resume()."""
    offered: RecordingOffer | None = None
    selected: str = ""
    """What is selected in the window that was named."""
    _focus: Target | None = None

    def text(self) -> str:
        """The plain text on the clipboard."""
        return self.text_in(self.clipboard)

    def snapshot(self, both: bool = False) -> object:
        """What is on the clipboard."""
        self.acts.append("snapshot")
        return self.clipboard

    def complete(self, snapshot: object) -> bool:
        """What the test said."""
        return self.tells

    def stands(self, snapshot: object) -> bool:
        """Whether it is on the clipboard: the very same, not what only reads alike."""
        return self.clipboard is snapshot

    def text_in(self, snapshot: object) -> str:
        """Its plain text."""
        return snapshot.text if isinstance(snapshot, Content) else str(snapshot)

    def offer(self, content: Content, both: bool = False) -> RecordingOffer:
        """Put content on the clipboard."""
        self.acts.append("offer")
        self._put(content)
        self.offered = RecordingOffer(content)
        return self.offered

    def withdraw(self) -> None:
        """Nothing waits here."""

    def restore(self, snapshot: object) -> None:
        """Put the snapshot back."""
        self.acts.append("restore")
        self._put(snapshot)

    def copy(self, content: Content, lasting: bool = False) -> None:
        """Leave content on the clipboard."""
        self.acts.append("copy")
        self._put(content)
        if not lasting:
            self.copied.append(content)

    def forget(self) -> None:
        """Leave nothing there that was copied here."""
        if self.clipboard in self.copied:
            self._put("")
        self.copied.clear()

    def taken(self, held: object) -> None:
        """Another program copies something."""
        self._put(held)

    def focus(self, target: Target | None) -> None:
        """A window comes up by itself, or none has the focus any more."""
        self._focus = target

    def shut(self) -> None:
        """The window that was named closes, as it may at any time."""
        self.target = self._focus = None

    def focused(self) -> Target | None:
        """The window that was named."""
        return self.target

    def programs(self) -> list[str]:
        """What the test said."""
        return list(self.open)

    def bring_back(self, target: Target) -> None:
        """Focus target, unless the test says that it fails."""
        self.acts.append("bring back")
        if self.returns_focus:
            self._focus = target

    def is_focused(self, target: Target) -> bool:
        """Whether target was brought back."""
        return self._focus == target

    def exists(self, target: Target) -> bool:
        """Whether target is the window that was named."""
        return self.target == target

    def place(self, target: Target) -> Rect | None:
        """What the test said."""
        return self.rect if self.exists(target) else None

    def obstacle(self, target: Target) -> Obstacle | None:
        """What the test put in the way."""
        return self.found_obstacle

    def modifiers_held(self) -> bool:
        """What the test said."""
        return self.held

    def paste(self, keys: PasteKeys, into: Target | None = None) -> bool:
        """Fetch what is on the clipboard as a program would."""
        if into is not None and not self.is_focused(into):
            return False
        self.acts.append(f"paste {keys.value}")
        if self.takes_paste:
            self.pasted.append(self.text())
            if self.offered is not None and self.offered.standing():
                self.offered.count += 1
        return True

    def copy_selected(self, keys: CopyKeys, into: Target) -> bool:
        """Have what is selected on the clipboard, as a program would."""
        if not self.is_focused(into):
            return False
        self.acts.append(f"press {keys.value}")
        if self.selected:
            self._put(Content(self.selected))
        return True

    def stroke(self, key: Key, times: int = 1, into: Target | None = None) -> bool:
        """Remember the key."""
        if into is not None and not self.is_focused(into):
            return False
        self.acts.append(f"{key.value} {times}")
        return True

    def register(
        self,
        keys: str,
        pressed: Callable[[], None],
        hold: bool = False,
        ask: Ask | None = None,
    ) -> None:
        """Remember a hotkey; taken when registered twice, however it is written."""
        hotkey = parse(keys)
        if hotkey in self.hotkeys:
            raise HotkeyTaken(keys=keys)
        self.hotkeys[hotkey] = pressed
        if hold:
            self.holding.add(hotkey)

    def resume(self, window: int) -> None:
        """Nothing waits any more."""
        self.waits = False

    def press(self, keys: str) -> None:
        """Press a combination as the agent would."""
        pressed = self.hotkeys.get(parse(keys))
        self.waits = self.waits or parse(keys) in self.holding
        if pressed is not None:
            pressed()

    def close(self) -> None:
        """Forget the hotkeys."""
        self.hotkeys.clear()
        self.holding.clear()
        self.waits = False

    def _put(self, held: object) -> None:
        """A clipboard holds one thing: what was offered before stands no more."""
        if self.offered is not None:
            self.offered.gone = True
        self.clipboard = held


@dataclass
class RecordingPrograms:
    """Programs that only remember that they were run; ``here`` are those there are."""

    here: set[str] = field(default_factory=set)
    run_now: set[str] = field(default_factory=set)
    ran: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, arguments: Sequence[str], seconds: float = 30.0) -> bool:
        """Remember what was run; well where the test said that it is there."""
        self.ran.append(tuple(arguments))
        return arguments[0] in self.here

    def running(self, name: str) -> bool:
        """What the test said."""
        return name in self.run_now


@dataclass
class RecordingSecrets:
    """A secret store in memory; ``kept`` is what it holds."""

    kept: dict[str, str] = field(default_factory=dict)

    def may_ask(self) -> bool:
        """It never does."""
        return False

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, as long as it would be kept on every desk."""
        if len(secret.encode("utf-16-le", "surrogatepass")) > MOST_SECRET_BYTES:
            raise SecretsUnavailable(reason="too long")
        self.kept[name] = secret

    def get(self, name: str) -> str | None:
        """The secret kept under name, or None."""
        return self.kept.get(name)

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self.kept.pop(name, None)


@dataclass
class RecordingBrowsers:
    """Browsers that are only said to be there; ``started`` is what was to be started, in order."""

    programs: dict[str, str] = field(default_factory=dict)
    chosen: str = ""
    startable: bool = True
    started: list[list[str]] = field(default_factory=list)

    def executable(self, browser: str) -> str:
        """What the test said."""
        return self.programs.get(browser, "")

    def usual(self) -> str:
        """What the test said."""
        return self.chosen

    def start(self, command: Sequence[str]) -> bool:
        """Remembers it, where the test says that it can be started."""
        if self.startable:
            self.started.append(list(command))
        return self.startable
