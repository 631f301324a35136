"""Desks for the tests of the commands: in this process or as processes of their own."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from companion.cli.context import Context
from companion.cli.run import run
from companion.cli.secrets import SecretName
from companion.desk.recording import RecordingSecrets
from companion.session.seat import Seat
from companion.session.session import Session
from companion.ui.words import Words
from companion.wiring.seats import open_store

PASSPHRASE = "correct horse battery"
ROOT = Path(__file__).parents[2]


@dataclass
class Said:
    """What a command printed, and its exit status."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The one JSON document on standard error."""
        return json.loads(self.err)


@dataclass
class Desk:
    """A home, and commands run for it in this process.

    ``knows`` are the secrets that nobody has to be asked for.
    """

    home: Path
    secrets: RecordingSecrets = field(default_factory=RecordingSecrets)
    language: str = "en"
    knows: dict[SecretName, str] = field(default_factory=dict)

    def seat(self) -> Seat:
        return Seat(self.home, open_store, self.secrets)

    def context(self, stdin: str = "", session: Session | None = None) -> Context:
        return Context(
            make_seat=lambda _home: self.seat(),
            cwd=self.home.parent,
            words=Words(self.language),
            lines=lambda: iter(io.StringIO(stdin)),
            in_app=session is not None,
            session=session,
            handed_over=dict(self.knows),
        )

    def run(self, *argv: str, stdin: str = "", context: Context | None = None) -> Said:
        out, err = io.StringIO(), io.StringIO()
        code = run(list(argv), context or self.context(stdin), out, err)
        return Said(code, out.getvalue(), err.getvalue())

    def json(self, *argv: str, stdin: str = "") -> Any:
        """The document of a command that must work."""
        said = self.run(*argv, "--json", stdin=stdin)
        assert (said.code, said.err) == (0, "")
        return said.document


def shell(*argv: str | Path, stdin: str = "", timeout: float = 60, **variables: str) -> Said:
    """A command in a process of its own, as a script would call it."""
    done = subprocess.run(
        [sys.executable, "-m", "companion.cli.main", *map(str, argv)],
        input=stdin.encode(),
        capture_output=True,
        timeout=timeout,
        check=False,
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "en_US.UTF-8"} | variables,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file under folder with its content, and every folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }
