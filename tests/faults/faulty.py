"""A store that fails, lies or ends the process at one chosen act, whatever store is behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from companion.errors import (
    CompanionError,
    StoreAnswerStrange,
    StoreBusy,
    StoreDenied,
    StoreFull,
    StoreLoginRefused,
    StoreMissing,
    StoreUnencrypted,
    StoreUnreachable,
    StoreUntrusted,
)
from companion.profile.packs import SUFFIX
from companion.sync.store import Store

Answer = TypeVar("Answer")
How = Literal["before", "after", "half", "killed", "gone", "empty", "short", "delayed"]
FAILURES: tuple[How, ...] = ("before", "after", "half", "killed", "gone")
LIES: tuple[How, ...] = ("empty", "short", "delayed")
ERRORS: tuple[Callable[[], CompanionError], ...] = (
    lambda: StoreUnreachable(place="far", reason="test"),
    lambda: StoreMissing(place="far"),
    lambda: StoreDenied(place="far", act="write"),
    lambda: StoreFull(place="far"),
    lambda: StoreLoginRefused(place="far"),
    lambda: StoreBusy(place="far", seconds=0),
    lambda: StoreUntrusted(place="far", reason="test"),
    lambda: StoreUnencrypted(place="far"),
    lambda: StoreAnswerStrange(place="far", reason="test"),
)


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Plan:
    """At which act (1 is the first, 0 never) what happens; one plan counts the acts of many stores.

    ``before`` fails and does nothing, ``after`` does it and fails, ``half`` leaves half an object
    under its name and fails, ``killed`` does it and ends the process, ``gone`` fails from there on.
    A listing may be ``empty``, ``short`` of a name, or ``delayed``: the one before. Only far stores
    leave half an object, go away or lie: a disk that does is broken.
    """

    at: int = 0
    how: How = "before"
    acts: int = 0
    gone: bool = False
    writes: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def error(self) -> CompanionError:
        return ERRORS[self.at % len(ERRORS)]()


class Faulty:
    """A Store around another one, which does as the plan says."""

    def __init__(self, behind: Store, plan: Plan, *, far: bool = True) -> None:
        self.place, self.watch = behind.place, behind.watch
        self.plan = plan
        self._behind, self._far = behind, far
        self._before: set[str] = set()
        self.requests = behind.requests

    def names(self) -> set[str]:
        before, found = self._before, self._act("names", self._behind.names)
        self._before = found
        if not self._far or self.plan.acts != self.plan.at:
            return found
        if self.plan.how == "empty":
            return set()
        if self.plan.how == "short":
            return found - set(sorted(name for name in found if name.endswith(SUFFIX))[:1])
        return before if self.plan.how == "delayed" else found

    def get(self, name: str) -> bytes:
        return self._act("get", lambda: self._behind.get(name))

    def put(self, name: str, data: bytes) -> None:
        self.plan.writes.append(name)
        self._act(
            "put",
            lambda: self._behind.put(name, data),
            lambda: self._behind.put(name, data[: len(data) // 2]),
        )

    def delete(self, name: str) -> None:
        self.plan.writes.append(name)
        self._act("delete", lambda: self._behind.delete(name))

    def _act(
        self, kind: str, do: Callable[[], Answer], half: Callable[[], object] = lambda: None
    ) -> Answer:
        plan = self.plan
        plan.acts += 1
        self.requests += 1
        plan.kinds.append(("far " if self._far else "here ") + kind)
        now = plan.acts == plan.at and plan.how not in LIES
        if now and plan.how == "gone":
            plan.gone = True
        if plan.gone and self._far:
            raise plan.error()
        if not now or plan.how == "gone":
            return do()
        if plan.how == "half" and self._far:
            half()
            raise StoreUnreachable(place="far", reason="test")
        if plan.how in ("before", "half"):
            raise plan.error()
        answer = do()
        if plan.how == "killed":
            raise Killed
        if plan.how == "after":
            raise plan.error()
        return answer
