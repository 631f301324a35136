"""The works of a shift, as the tests of faults do them at the desk that has bad luck."""

from collections.abc import Callable

from companion.errors import CompanionError
from companion.session.handing_over import hand_over
from companion.session.leftovers import stand_down
from companion.session.session import Session
from tests.faults.faulty import LIES, How, Killed
from tests.faults.world import NEW, PASSPHRASE, World


def save(world: World, session: Session) -> None:
    world.write(session, "edit 1")
    world.write(session, "edit 2")


def sync_many(world: World, session: Session) -> None:
    for at in range(2):
        world.write(session, f"many {at}")
        session.sync()


def change(world: World, session: Session) -> None:
    session.change_passphrase(PASSPHRASE, NEW)


def renew(world: World, session: Session) -> None:
    session.renew_recovery(PASSPHRASE)


def sign_out(world: World, session: Session) -> None:
    session.sign_out()


def first_sign_in(world: World, session: Session) -> None:
    world.sign_in("here")


def end_by_force(world: World, session: Session) -> None:
    world.write(session, "by force")
    session.leave_at_once()


def stand_down_from(world: World, session: Session) -> None:
    world.write(session, "forgotten")
    stand_down(world.seat("here"))


def carry_away(world: World, session: Session) -> None:
    world.write(session, "carried")
    session.leave_at_once()
    hand_over(world.seat("here"), session.profile.id, world.folder / "mine.waiting")


Work = Callable[[World, Session], None]
WORKS: dict[str, Work] = {
    "first sign-in": first_sign_in,
    "sign-in where packs wait": first_sign_in,
    "save": save,
    "sync both ways and compaction": sync_many,
    "change of passphrase": change,
    "renewal of recovery code": renew,
    "sign-out": sign_out,
    "forced end": end_by_force,
    "signed out by somebody else": stand_down_from,
    "handed over as a file": carry_away,
}
# They ask nothing of the store.
AT_HOME = {"save", "forced end", "signed out by somebody else", "handed over as a file"}


def prepared(world: World, work: str) -> Session:
    """The profile open at the desk, or, for a work that begins there, signed out."""
    session = world.open("here", PASSPHRASE)
    if work in ("first sign-in", "sign-in where packs wait"):
        world.plan.gone = work != "first sign-in"
        assert session.sign_out().kept_sealed == world.plan.gone
        world.plan.gone = False
    return session


def tried(world: World, work: str, at: int, how: How) -> list[str]:
    """Do a work that fails at one act, and go on; the kinds of the acts until then."""
    session = prepared(world, work)
    world.plan.kinds.clear()
    world.plan.acts, world.plan.at, world.plan.how = 0, at, how
    killed = False
    try:
        WORKS[work](world, session)
    except CompanionError:
        pass
    except Killed:
        killed = True
    world.plan.at, world.plan.gone = 0, False
    kinds = world.plan.kinds.copy()
    if not killed and work in ("save", "sync both ways and compaction"):
        # The app goes on as if nothing had been.
        session.sync()
    return kinds


def hit(kind: str, how: How) -> bool:
    """Whether an act of a kind can fail in this way."""
    if how in LIES:
        return kind == "far names"
    if how == "half":
        return kind == "far put"
    return how != "gone" or kind.startswith("far")
