"""A PIN with a real GNOME Keyring: there, locked, hanging, or not there at all."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import keyring.core
import pytest

from companion.desk.keyring_secrets import KeyringSecrets
from companion.errors import SecretsUnavailable
from companion.seat_errors import PinOver
from companion.session.remembering import open_by_pin, remember, remembered_until
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, open_here
from companion.wiring.seats import full_address, open_store
from tests.contracts.secret_service import SecretService

if sys.platform != "linux":
    pytest.skip("Secret Service is Linux's", allow_module_level=True)

PASSPHRASE, PIN = "correct horse battery", "24680a"
PATIENCE = 1.0


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SecretService]:
    (tmp_path / "keys").mkdir()
    with SecretService(tmp_path / "keys") as service:
        yield service


@pytest.fixture
def session(service: SecretService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service.address)
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    seat = Seat(tmp_path / "home", open_store, KeyringSecrets(PATIENCE))
    session, _ = create(seat, full_address("store", tmp_path), "林", PASSPHRASE)
    return session


def test_it_opens_and_goes_when_the_agent_signs_out(
    service: SecretService, session: Session
) -> None:
    service.start()
    remember(session, PIN)
    seat = session.seat
    name = seat.guard_name(session.profile.id)
    assert open_by_pin(seat, PIN).profile.id == session.profile.id
    assert seat.secrets.get(name)
    session.sign_out()
    assert seat.secrets.get(name) is None


def test_without_a_store_nothing_is_remembered(session: Session) -> None:
    with pytest.raises(SecretsUnavailable):
        remember(session, PIN)
    assert remembered_until(session.seat) == 0
    with pytest.raises(PinOver):
        open_by_pin(session.seat, PIN)


@pytest.mark.parametrize("how", ["locked", "hanging"])
def test_a_store_that_does_not_answer_costs_no_try_and_the_passphrase_opens(
    service: SecretService, session: Session, how: str
) -> None:
    service.start()
    remember(session, PIN)
    if how == "locked":
        service.lock()
    else:
        service.pause()
    seat = session.seat
    began = time.monotonic()
    for _ in range(6):
        with pytest.raises(SecretsUnavailable):
            open_by_pin(seat, PIN)
    assert time.monotonic() - began < 6 * (PATIENCE + 2)
    assert remembered_until(seat)
    assert open_here(seat, PASSPHRASE).profile.id == session.profile.id
    if how == "hanging":
        service.go_on()
        assert open_by_pin(seat, PIN).profile.id == session.profile.id
