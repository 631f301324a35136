"""An app with a profile open, to be ended by a signal; told its home, what it does, the passphrase.

``lends``: what its input methods had takes longer to take back than anybody waits. ``locked``: its
secret store does not answer. ``full``: its disk takes nothing more.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from companion.app.application import make_application
from companion.app.tray_app import TrayApp
from companion.desk.ports import Content
from companion.errors import StoreFull
from companion.session.session import Session
from companion.session.sitting import open_here
from tests.app.conftest import an_app

BODY = "还没存下来的一句话"


def prepared(app: TrayApp, session: Session, does: str) -> None:
    """Let it be in the middle of something."""
    if does == "writes":
        app.editor.restore("", BODY, "", "")
    elif does == "sends":
        session.profile.add("phrase", title="退款", body="x")
        app.sign_out()
    elif does == "lends":
        app.seat.lent_folder.mkdir()
        (app.seat.lent_folder / "note").write_bytes(b"")
        vars(session)["take_back_loans"] = lambda: time.sleep(30)
    elif does == "locked":
        app.seat.settings.write(remembered=True)
        vars(app.seat.secrets)["delete"] = lambda _name: time.sleep(30)
    elif does == "full":

        def refuse() -> bool:
            raise StoreFull(place="here")

        vars(session.engine)["save"] = refuse
    else:
        session.profile.add("phrase", title="退款", body="x")


def main() -> int:
    """Open the profile, do what was said, and wait to be ended."""
    application = make_application()
    app = an_app(Path(sys.argv[1]))
    assert app.start()
    app.ending.listen(application)
    session = open_here(app.seat, sys.argv[3])
    app.seating.take(session)
    app.desk.clipboard.copy(Content("copied"))
    prepared(app, session, sys.argv[2])

    def tell() -> None:
        print("ready", flush=True)

    QTimer.singleShot(300, tell)
    status = application.exec()
    print(f"clipboard {app.desk.clipboard.text()!r}", flush=True)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
