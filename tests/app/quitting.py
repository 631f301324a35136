"""An app that is quit while its store does not answer; told its home and the passphrase.

It quits when it is told anything on its standard input.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier

from companion.app.application import make_application
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

    told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def quit_now() -> None:
        told.setEnabled(False)
        session.profile.add("phrase", title="快走时写的", body="x")
        session.profile.count_use(id)
        print("quitting", flush=True)
        app.quit()

    told.activated.connect(quit_now)
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
