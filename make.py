"""Sets Companion up in this clone and starts it (run [args…]) or tests it (test [pytest args…])."""

import sys
import time
from contextlib import ExitStack, nullcontext

from build_spec.setup import SetupError, children, debian, display, lanes
from build_spec.setup.environment import APP, DEV, ROOT, Environment

USAGE = """\
python3 make.py run [arguments of companion]   set everything up and start Companion
python3 make.py test [arguments of pytest]     set everything up, check the code and run the tests
"""
DEMO = ["demo", "--pictures", "demo-pictures"]


def run(arguments: list[str]) -> int:
    """Start Companion; where there is no display, its demo on a virtual screen."""
    virtual = not display.present() and arguments[:1] in ([], ["demo"])
    if virtual and not arguments:
        say("No display here: the demo runs on a virtual screen, its pictures go to demo-pictures.")
        arguments = DEMO
    environment = set_up(APP, debian.WINDOW + (debian.SCREEN if virtual else ()))
    # -P: what lies in the folder one happens to be in, a share for example, is no part of it.
    command = [environment.tool("python"), "-P", "-m", "companion", *arguments]
    if not virtual:
        return children.become(command)
    with display.virtual_screen() as variables:
        return children.run(command, env=variables)


def test(arguments: list[str]) -> int:
    """Check the code and run the tests, all of it even when a step fails."""
    environment = set_up(DEV, debian.WINDOW + debian.SCREEN + debian.DESK)
    # On a screen of our own the tests that show windows leave the others alone.
    apart = not arguments and not display.present()
    steps = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy"],
        "lint-imports": ["lint-imports"],
        "pytest": ["pytest", *(lanes.WITH if apart else arguments)],
    }
    failed: dict[str, int] = {}
    begun = time.monotonic()

    def ended(name: str, status: int, since: float) -> None:
        outcome = f"FAILED with status {status}" if status else "passed"
        say(f"== {name}: {outcome} in {time.monotonic() - since:.1f} s")
        if status:
            failed[name] = status

    def run_step(name: str, tool: str, rest: list[str], variables: dict[str, str]) -> None:
        say(f"\n== {name}")
        since = time.monotonic()
        command = [environment.tool(tool), *rest]
        ended(name, children.run(command, env=variables, cwd=ROOT), since)

    def run_steps(variables: dict[str, str]) -> None:
        for name, (tool, *rest) in steps.items():
            run_step(name, tool, rest, variables)

    if not apart:
        screen = nullcontext(display.plain_environment())
        with screen if display.present() else display.virtual_screen() as variables:
            run_steps(variables)
    else:
        beside = {
            "pytest without windows": lanes.without(ROOT),
            "pytest with other windows": list(lanes.OTHERS),
        }
        with ExitStack() as stack:
            variables = stack.enter_context(display.virtual_screen())
            finishing = {}
            for name, told in beside.items():
                screen = stack.enter_context(display.virtual_screen())
                command = [environment.tool("pytest"), *told]
                finishing[name] = stack.enter_context(lanes.beside(command, screen, ROOT))
            run_steps(variables)
            for name, finish in finishing.items():
                say(f"\n== {name}, which ran beside all this")
                ended(name, finish(), begun)
            run_step("pytest alone", "pytest", list(lanes.ALONE), variables)
    took = f"{time.monotonic() - begun:.0f} s"
    say(f"\nFAILED: {', '.join(failed)} ({took})" if failed else f"\nEverything passed ({took}).")
    return next(iter(failed.values()), 0)


def set_up(pins: str, needs: tuple[debian.Need, ...]) -> Environment:
    """Bring in the system's packages and Python's, as far as they are missing."""
    environment = Environment()
    if sys.platform == "linux":
        first_time = not environment.holds(pins)
        debian.ensure(debian.python_needs() + needs, first_time=first_time)
    environment.prepare(pins)
    return environment


def say(line: str) -> None:
    """Print at once, so that our lines and those of the programs we start keep their order."""
    print(line, flush=True)


COMMANDS = {"run": run, "test": test}


def main(arguments: list[str]) -> int:
    """Do what the first argument names, and return the exit status."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(USAGE, file=sys.stderr)
        return 2
    children.end_tidily_on_signals()
    try:
        return command(arguments[1:])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
