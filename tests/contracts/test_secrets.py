"""What every secret store promises: one suite for that in memory and for a real GNOME Keyring."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import keyring.core
import pytest

from companion.desk.keyring_secrets import KeyringSecrets
from companion.desk.recording import RecordingSecrets
from companion.desk.secrets_port import MOST_SECRET_BYTES, Secrets
from companion.errors import SecretsUnavailable
from tests.contracts.secret_service import SecretService

PATIENCE = 1.0
ROOT = Path(__file__).parents[2]
SECRETS = {
    "short": "a",
    "mixed": "密码 🔑 'quoted'\n",
    "longest": "0" * (MOST_SECRET_BYTES // 2),
    "longest of pairs": "🔑" * (MOST_SECRET_BYTES // 4),
}
NAMES = ["profile key 0f8fad5b", "林的 钥匙 🔑", "a/b='c'"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretService]:
    """A GNOME Keyring for every test that leaves it as it was."""
    if sys.platform != "linux":
        pytest.skip("Secret Service is Linux's")
    with SecretService(tmp_path_factory.mktemp("secrets")) as service:
        service.start()
        yield service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SecretService]:
    """A bus for one test, which starts the daemon itself."""
    if sys.platform != "linux":
        pytest.skip("Secret Service is Linux's")
    with SecretService(tmp_path) as service:
        yield service


def at(service: SecretService, monkeypatch: pytest.MonkeyPatch) -> KeyringSecrets:
    """The secrets of this service, whatever store keyring has found before."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service.address)
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    return KeyringSecrets(PATIENCE)


@pytest.fixture(params=["recording", "keyring"])
def secrets(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Secrets:
    if request.param == "recording":
        return RecordingSecrets()
    service: SecretService = request.getfixturevalue("store")
    return at(service, monkeypatch)


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("name", NAMES)
def test_a_secret_is_kept_until_it_is_forgotten(secrets: Secrets, name: str, secret: str) -> None:
    assert secrets.get(name) is None
    secrets.put(name, secret)
    assert secrets.get(name) == secret
    secrets.delete(name)
    assert secrets.get(name) is None


def test_whether_it_may_ask_is_known_without_asking(secrets: Secrets) -> None:
    assert secrets.may_ask() in (True, False)


def test_forgetting_what_was_never_kept_is_no_error(secrets: Secrets) -> None:
    secrets.delete("never kept")
    assert secrets.get("never kept") is None


def test_a_new_secret_takes_the_place_of_the_old_one(secrets: Secrets) -> None:
    for secret in ("first", "second", "三"):
        secrets.put("overwritten", secret)
    assert secrets.get("overwritten") == "三"
    secrets.delete("overwritten")
    # An old one left beneath would come up now.
    assert secrets.get("overwritten") is None


def test_secrets_of_different_names_do_not_meet(secrets: Secrets) -> None:
    for name in NAMES:
        secrets.put(name, f"of {name}")
    secrets.delete(NAMES[0])
    assert [secrets.get(name) for name in NAMES] == [None, *(f"of {name}" for name in NAMES[1:])]
    for name in NAMES:
        secrets.delete(name)


@pytest.mark.parametrize(
    "secret",
    ["0" * (MOST_SECRET_BYTES // 2 + 1), "🔑" * (MOST_SECRET_BYTES // 4 + 1)],
    ids=["plain", "pairs"],
)
def test_what_windows_could_not_keep_is_refused_everywhere(secrets: Secrets, secret: str) -> None:
    secrets.put("limited", "before")
    with pytest.raises(SecretsUnavailable) as raised:
        secrets.put("limited", secret)
    assert raised.value.facts == {"reason": "too long"}
    assert secrets.get("limited") == "before"
    secrets.delete("limited")


def test_a_secret_outlives_the_process_that_kept_it(
    store: SecretService, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, "KeyringSecrets().put('of another process', '钥匙')")
    secrets = at(store, monkeypatch)
    assert secrets.get("of another process") == "钥匙"
    secrets.delete("of another process")


def run(service: SecretService, act: str, **variables: str) -> tuple[str, float]:
    """What a process says that does this; it must end by itself and well. And how long it took."""
    imports = "from companion.desk.keyring_secrets import KeyringSecrets\n"
    imports += "from companion.errors import SecretsUnavailable\n"
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", imports + act],
        env=service.environment | {"PYTHONPATH": str(ROOT)} | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip(), time.monotonic() - began


EACH = """
secrets = KeyringSecrets(1.0)
for act in (lambda: secrets.put("name", "x"), lambda: secrets.get("name"),
            lambda: secrets.delete("name")):
    try:
        act()
        print("done")
    except SecretsUnavailable as error:
        print(error.facts["reason"])
"""


def test_no_session_bus_is_told_at_once(service: SecretService) -> None:
    del service.environment["DBUS_SESSION_BUS_ADDRESS"]
    told, took = run(service, EACH)
    assert told.split() == ["NoKeyringError"] * 3
    assert took < 5


def test_no_secret_service_is_told_at_once(service: SecretService) -> None:
    told, took = run(service, EACH)
    assert told.split() == ["NoKeyringError"] * 3
    assert took < 5


LATER = """
import sys
from companion.desk.keyring_secrets import KeyringSecrets
from companion.errors import SecretsUnavailable
secrets = KeyringSecrets()
try:
    secrets.get("name")
except SecretsUnavailable:
    print("none yet", flush=True)
sys.stdin.readline()
secrets.put("name", "x")
print(secrets.get("name"))
"""


def test_a_store_that_comes_later_is_found(service: SecretService) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LATER],
        env=service.environment | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "none yet\n"
        service.start()
        told, _ = process.communicate("go on\n", timeout=60)
    assert told == "x\n"


def test_a_store_that_keeps_nothing_is_not_taken_for_one(service: SecretService) -> None:
    service.start()
    told, _ = run(service, EACH, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    assert told.split() == ["NoKeyringError"] * 3


REFUSING = """
import keyring
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
class Refusing(KeyringBackend):
    priority = 5
    def get_password(self, service, username):
        return "still here"
    def set_password(self, service, username, password):
        pass
    def delete_password(self, service, username):
        raise PasswordDeleteError("Cancelled by user")
keyring.set_keyring(Refusing())
"""


def test_a_refusal_to_forget_is_not_taken_for_nothing_to_forget(service: SecretService) -> None:
    # KWallet has one error for both.
    told, _ = run(service, REFUSING + EACH)
    assert told.split() == ["done", "done", "PasswordDeleteError"]


def test_a_locked_store_that_cannot_ask_is_told(service: SecretService) -> None:
    service.start()
    run(service, "KeyringSecrets().put('name', 'x')")
    service.lock()
    told, took = run(service, EACH)
    assert told.split() == ["KeyringLocked"] * 3
    assert took < 3 * PATIENCE + 5


def test_a_locked_store_whose_question_nobody_answers_costs_the_time_out(
    service: SecretService,
) -> None:
    service.start()
    run(service, "KeyringSecrets().put('name', 'x')")
    service.lock()
    service.own("org.gnome.keyring.SystemPrompter")
    told, took = run(service, EACH)
    assert told.split() == ["time-out"] * 3
    assert 3 * PATIENCE <= took < 3 * PATIENCE + 5


def test_a_name_without_anything_behind_it_costs_the_time_out(service: SecretService) -> None:
    service.own("org.freedesktop.secrets")
    told, took = run(service, EACH)
    assert told.split() == ["time-out"] * 3
    assert 3 * PATIENCE <= took < 3 * PATIENCE + 5


def test_a_silent_store_costs_the_time_out_and_the_process_ends(service: SecretService) -> None:
    service.start()
    service.pause()
    told, took = run(service, EACH)
    assert told.split() == ["time-out"] * 3
    assert 3 * PATIENCE <= took < 3 * PATIENCE + 5


def test_what_a_silent_store_takes_too_late_is_taken_out_again(
    service: SecretService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.start()
    secrets = at(service, monkeypatch)
    secrets.put("kept", "before")
    service.pause()
    with pytest.raises(SecretsUnavailable) as raised:
        secrets.put("late", "x")
    assert raised.value.facts == {"reason": "time-out"}
    service.go_on()
    # The store works through what was asked of it before it comes to this.
    assert secrets.get("late") is None
    assert secrets.get("kept") == "before"
