"""An agent at a Wayland desk who registers a hotkey and hears what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from companion.desk.portal import Patience
from companion.desk.ports import Ask
from companion.desk.wayland import Pace, WaylandHotkeys
from companion.errors import CompanionError
from tests.desk.portal import MockPortal
from tests.e2e.desktop import wait_for

KEYS = "ctrl+alt+space"
FAST = Pace(settle=0.02, pause=0.05, tries=3, patience=Patience(answer=5.0, agent=5.0))
HASTY = Pace(settle=0.02, pause=0.05, tries=3, patience=Patience(answer=0.3, agent=0.3))


@dataclass
class Agent:
    """Who registered a hotkey: the presses and the answers that arrived."""

    hotkeys: WaylandHotkeys
    pressed: list[str] = field(default_factory=list)
    said: list[str | CompanionError] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def wants(self, keys: str = KEYS) -> None:
        ask = Ask("找短语", self.said.append)
        self.hotkeys.register(keys, lambda: self.pressed.append(keys), ask=ask)

    def hears(self, *codes: str) -> None:
        """Wait for exactly these answers."""
        wait_for(lambda: len(self.said) >= len(codes))
        assert [each.code if isinstance(each, CompanionError) else each for each in self.said] == [
            *codes
        ]


MakeAgent = Callable[[Pace], Agent]


def works(gate: MockPortal, agent: Agent) -> None:
    """Press the key, and see it arrive."""
    before = len(agent.pressed)
    wait_for(lambda: KEYS in gate.bound())
    gate.press(KEYS)
    wait_for(lambda: len(agent.pressed) > before)
