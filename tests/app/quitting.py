"""An app that is quit while its store does not answer; told its home and the passphrase."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from companion.app.tray_app import make_application
from companion.session.sitting import open_here
from tests.app.conftest import an_app


def main() -> int:
    """Edit, let a sync hang, edit once more and quit at the same moment."""
    application = make_application()
    app = an_app(Path(sys.argv[1]))
    assert app.start()
    session = open_here(app.seat, sys.argv[2])
    app.seating.take(session)
    id = session.profile.add("phrase", title="退款", body="x")

    def quit_now() -> None:
        session.profile.add("phrase", title="快走时写的", body="x")
        session.profile.count_use(id)
        print("quitting", flush=True)
        app.quit()

    QTimer.singleShot(500, quit_now)
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
