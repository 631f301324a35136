"""Hands a command to the app that runs at this desk, and reads what it says to it."""

from dataclasses import dataclass

from companion.cli.context import Context, Forward
from companion.cli.logins import names_user
from companion.errors import DeskBusy


@dataclass(frozen=True)
class Reply:
    """What the app answered to a command: its exit status and what it printed."""

    exit: int
    out: str
    err: str


def forwarded(argv: list[str], context: Context, forward: Forward) -> Reply | None:
    """What the running app did with a command; None where no app runs.

    The message is ``{argv, cwd, stdin, secrets}``, the answer ``{exit, out, err}``.
    Raises DeskBusy where the app does not answer in time, or with something else.
    """

    def message() -> dict[str, object]:
        stdin = "".join(context.lines()) if context.takes_input() else ""
        # The socket is this user's alone, and the secrets go no further than the app.
        secrets = {
            name: context.secret(name)
            for name in context.needed()
            if name != "store_password" or names_user(context)
        }
        return {"argv": argv, "cwd": str(context.cwd), "stdin": stdin, "secrets": secrets}

    answer = forward(context.seat().run_folder, message)
    if answer is None:
        return None
    code, out, err = answer.get("exit"), answer.get("out"), answer.get("err")
    if not isinstance(code, int) or not isinstance(out, str) or not isinstance(err, str):
        raise DeskBusy(pid=0)
    return Reply(code, out, err)
