"""The set-up behind `make.py`: pins, packages, the environment's stamp, children and the screen."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import make
from build_spec.setup import SetupError, children, debian, display, lanes
from build_spec.setup.environment import APP, DEV, ROOT, Environment

LISTS = ROOT / "build_spec" / "requirements"
ALL_NEEDS = (*debian.WINDOW, *debian.SCREEN, *debian.DESK)


def pins(name: str) -> dict[str, str]:
    text = (LISTS / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    return {line.split("==")[0]: line for line in lines}


def parted(pin: str) -> tuple[str, str]:
    """A pin's version with its hashes, and on which systems it is needed."""
    before, _, rest = pin.partition(" --hash")
    version, _, where = before.partition(" ; ")
    return version.strip() + rest, where.strip()


@pytest.mark.parametrize("name", [APP, DEV])
def test_every_pin_is_exact_and_hashed_and_names_no_host(name: str) -> None:
    assert "://" not in (LISTS / name).read_text(encoding="utf-8")
    assert all(re.match(r"[\w.-]+==[\w.]+ .*--hash=sha256:", line) for line in pins(name).values())


def test_whoever_has_the_development_list_has_the_apps() -> None:
    development = pins(DEV)
    for name, pin in pins(APP).items():
        # The same version and files, on the same systems or on all.
        (what, where), (theirs, there) = parted(pin), parted(development.get(name, ""))
        assert theirs == what
        assert there in (where, "")


def test_each_package_stands_once_in_the_table() -> None:
    names = [need.package for need in ALL_NEEDS]
    assert len(names) == len(set(names))


def test_a_stand_in_counts_as_there() -> None:
    needs = (debian.Need("font", "Chinese", ("other-font",)), debian.Need("screen", "windows"))
    assert debian.missing(needs, frozenset()) == ["font", "screen"]
    assert debian.missing(needs, frozenset({"other-font", "screen"})) == []


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32":
        pytest.skip("no system packages on Windows")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "sudo" else name)


@pytest.mark.usefixtures("ordinary_user")
def test_an_ordinary_user_is_told_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "installed", lambda _needs: frozenset({"xvfb"}))
    with pytest.raises(SetupError) as told:
        debian.ensure(debian.SCREEN, first_time=True)
    assert (
        "apt-get update && apt-get install -y --no-install-recommends xauth openbox xterm\n"
        in str(told.value)
    )


@pytest.mark.parametrize("case", ["new", "known", "no systemd", "fails"])
def test_a_package_brings_no_service_that_starts(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def run(command: list[str]) -> int:
        words = [word for word in command if word not in ("systemctl", "--quiet")]
        calls.append("apt-get" if "apt-get" in words else " ".join(words))
        return {"cat": case != "known", "env": case == "fails"}.get(words[0], False)

    monkeypatch.setattr(debian, "SYSTEMD", tmp_path / "none" if case == "no systemd" else tmp_path)
    monkeypatch.setattr(debian, "_superuser", list)
    monkeypatch.setattr(debian, "installed", lambda _needs: frozenset())
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(children, "run_to_the_end", run)
    needs = (debian.Need("server", "mail", services=("mail.service",)), debian.SCREEN[0])
    if case == "fails":
        with pytest.raises(SetupError):
            debian.ensure(needs, first_time=True)
    else:
        debian.ensure(needs, first_time=True)
    before, after = ["cat mail.service"], []
    if case in ("new", "fails"):
        before.append("--runtime mask mail.service")
        after = ["--runtime unmask mail.service", "disable mail.service"]
    if case == "no systemd":
        before = []
    # The first is apt-get update.
    assert calls == ["apt-get", *before, "apt-get", *after]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / APP).write_text("one==1", encoding="utf-8")
    (lists / DEV).write_text("one==1\ntwo==2", encoding="utf-8")
    made = Environment(tmp_path / "venv", lists)
    site = Path(made.tool("python")).parent
    monkeypatch.setattr(children, "run", lambda _command: site.mkdir(parents=True, exist_ok=True))
    monkeypatch.setattr("sysconfig.get_path", lambda *_: str(site))
    return made


def test_a_filled_environment_is_left_alone(environment: Environment) -> None:
    assert not environment.holds(APP)
    environment.prepare(DEV)
    assert environment.holds(DEV)
    assert environment.holds(APP)


def test_a_changed_list_is_installed_again(environment: Environment) -> None:
    environment.prepare(APP)
    (environment.lists / APP).write_text("one==1.1", encoding="utf-8")
    assert not environment.holds(APP)
    environment.prepare(APP)
    assert environment.holds(APP)


def test_an_interruption_leaves_no_stamp(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.prepare(APP)

    def interrupted(_command: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(children, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        environment.prepare(DEV)
    assert not environment.holds(APP)
    assert not environment.holds(DEV)


def test_a_refused_package_leaves_no_stamp(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.prepare(APP)
    monkeypatch.setattr(children, "run", lambda _command: 1)
    with pytest.raises(SetupError):
        environment.prepare(DEV)
    assert not environment.holds(APP)


def test_an_environment_that_was_moved_is_made_anew(environment: Environment) -> None:
    environment.prepare(APP)
    moved = Environment(environment.folder.rename(environment.folder.with_name("moved")))
    assert not moved.holds(APP)


def test_a_childs_exit_status_passes_through() -> None:
    assert children.run([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_every_test_is_in_one_lane_only() -> None:
    def collected(*arguments: str) -> list[str]:
        command = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-q", "--collect-only"]
        done = subprocess.run(
            [*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        )
        # What stands in brackets may be made by chance.
        return [line.split("[")[0] for line in done.stdout.splitlines() if "::" in line]

    told = (lanes.WITH, lanes.OTHERS, lanes.without(ROOT), lanes.ALONE)
    apart = [test for lane in told for test in collected(*lane)]
    assert sorted(apart) == sorted(collected("tests"))


def test_what_ran_beside_is_printed_at_its_end_with_its_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = [sys.executable, "-c", "print('fertig 完'); raise SystemExit(7)"]
    with lanes.beside(command, os.environ, ROOT) as finish:
        assert finish() == 7
    assert capsys.readouterr().out.strip() == "fertig 完"


def test_what_runs_beside_is_not_left_behind(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    say = "import os, sys, time; open(sys.argv[1], 'w').write(f'{os.getpid()}\\n'); time.sleep(60)"
    with lanes.beside([sys.executable, "-c", say, str(told)], os.environ, ROOT):
        deadline = time.monotonic() + 20
        while not (told.exists() and told.read_text().endswith("\n")):
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert gone(int(told.read_text()))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a signal")
def test_a_signal_takes_the_child_along() -> None:
    program = (
        "import sys; from build_spec.setup import children; children.end_tidily_on_signals();"
        "children.run([sys.executable, '-c',"
        " 'import os, time; print(os.getpid(), flush=True); time.sleep(60)'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=-1, text=True, cwd=ROOT
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.terminate()
        assert parent.wait(10) == 128 + signal.SIGTERM
    assert gone(child)


def gone(process: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xauth")), reason="no virtual screens here"
)
def test_only_who_holds_the_key_sees_the_virtual_screen() -> None:
    ask = "from Xlib.display import Display; print(Display().screen().width_in_pixels)"
    command = [sys.executable, "-c", ask]
    with display.virtual_screen() as variables:
        ours = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
        keyless = variables | {"XAUTHORITY": os.devnull}
        theirs = subprocess.run(command, env=keyless, capture_output=True, text=True, check=False)
    after = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert ours.stdout.strip() == "1920"
    assert theirs.returncode != 0
    assert after.returncode != 0


def test_an_unknown_command_explains_the_two() -> None:
    assert make.main([]) == make.main(["fly"]) == 2
