"""Which PINs may be set, and what is left of one that could not be."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.secrets_port import TIME_OUT
from companion.errors import SecretsUnavailable
from companion.seat_errors import PinTooPlain
from companion.session.remembering import LEAST_PIN, refused, remember, remembered_until
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create
from companion.wiring.seats import full_address, open_store
from tests.session.broken_secrets import Broken

PIN = "24680a"
PLAIN = ("111111", "123456", "654321", "890123", "246802", "121212", "123123", " 234567 ")


@pytest.fixture
def broken() -> Broken:
    return Broken()


@pytest.fixture
def session(tmp_path: Path, broken: Broken) -> Session:
    seat = Seat(tmp_path / "home", open_store, broken)
    return create(seat, full_address("store", tmp_path), "林", "correct horse battery")[0]


@pytest.mark.parametrize(("reason", "may_be_kept"), [("NoKeyringError", False), (TIME_OUT, True)])
def test_only_a_store_that_may_still_keep_it_is_asked_at_sign_out(
    session: Session, broken: Broken, reason: str, may_be_kept: bool
) -> None:
    broken.reason = reason
    with pytest.raises(SecretsUnavailable):
        remember(session, PIN)
    assert session.seat.settings.read()["remembered"] is may_be_kept
    assert [one.why for one in session.sign_out().traces] == ["keyring"] * may_be_kept


@pytest.mark.parametrize("pin", [*PLAIN, "abcdef", "aaaaaa", "12341234", "1231231"])
def test_a_run_or_a_repetition_is_no_pin(session: Session, broken: Broken, pin: str) -> None:
    broken.acts = ()
    remember(session, PIN)
    assert isinstance(refused(pin), PinTooPlain)
    with pytest.raises(PinTooPlain):
        remember(session, pin)
    # The one before is as good as it was.
    assert remembered_until(session.seat)


@given(st.text(alphabet="0123456789", min_size=LEAST_PIN, max_size=LEAST_PIN))
def test_few_pins_are_refused(pin: str) -> None:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    assert (refused(pin) is None) is (len(steps) > 1 and pin[3:] != pin[:3] and pin[2:] != pin[:4])
