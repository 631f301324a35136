"""The window of sitting down in every state, from the card to the hotkey that is tried."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from companion.errors import HotkeyTaken, StoreLoginRefused, StoreUnreachable
from companion.seat_errors import WrongCardPassphrase
from companion.ui.messages import Message, explain
from companion.ui.sign_in import SignIn
from companion.ui.sign_in_who import Offered
from companion.ui.store_login import StoreLoginForm
from companion.ui.words import Words

_AGENTS = {"zh": "林", "en": "Lin"}
_FOUND = {
    "zh": ("林 · 坚果云（U 盘）", "小王 · 共享文件夹"),
    "en": ("Lin · Nextcloud (stick)", "Ann"),
}
_BROWSERS = ("Chrome", "Edge", "360 安全浏览器", "Firefox", "QQ 浏览器")
_PASSPHRASES = (
    "12345678",
    "woxihuanchifan",
    "zhangwei hua 88",
    "correct horse batt",
    "huojian gaoshan niunai xiaomao",
)
_AT_HOME = "/home/lin/Documents/Companion"
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff 诺敏·巴雅尔图·额尔德尼"
LONG_PLACE = "/media/a-share-with-a-long-name/" * 6
LONG_CARD = "companion1:" + "abc" * 99
ANY_CODE = "WMDW-MW2M-MWMQ-NPQR-0STV-WXYZ-2345"


def sitting_states(words: Words) -> Iterator[tuple[str, QWidget]]:
    """Every page; each is shown while it is yielded."""
    window = SignIn(words, LONG_PLACE, at_home=lambda place: place == _AT_HOME)
    window.show()
    yield "signin", window
    yield from _under_way(window)
    window.show_problem(explain(StoreUnreachable(place=LONG_PLACE, reason="x"), words))
    yield "signin-problem", window
    window.later.click()
    yield "signin-forgot", window
    taken = explain(HotkeyTaken(keys="ctrl+alt+space"), words)
    window.ask()
    window.show_note(str(Message(taken.what, taken.do, "")))
    yield "signin-hotkey-taken", window
    window.ask()
    window.show_login(True, "lin")
    yield "signin-login", window
    window.show_problem(explain(WrongCardPassphrase(), words))
    yield "signin-card-old", window
    window.show_login(False)
    window.offer([Offered(LONG_CARD, name) for name in _FOUND[words.language]])
    yield "signin-found", window
    window.offer([Offered(LONG_CARD, LONG_NAME + LONG_PLACE)])
    yield "signin-found-long", window
    window.who.found.setCurrentIndex(1)
    yield "signin-found-other", window
    window.offer_there([Offered(LONG_CARD, name) for name in _FOUND[words.language]])
    yield "signin-found-there", window
    window.offer(())
    yield from _first(window, words)
    window.hide()
    managed = SignIn(words, LONG_PLACE)
    managed.manage()
    managed.show()
    yield "signin-managed", managed
    managed.ask_first()
    yield "first-managed", managed
    managed.hide()
    yield from _refused(words)


def _refused(words: Words) -> Iterator[tuple[str, QWidget]]:
    """The store's login asked for anew."""
    form = StoreLoginForm(words)
    form.ask("webdavs://cloud.example/remote.php/dav/files/lin/Companion", "lin")
    yield "store-login", form
    form.show_problem(explain(StoreLoginRefused(place="cloud.example"), words))
    yield "store-login-refused", form
    form.hide()


def _under_way(window: SignIn) -> Iterator[tuple[str, QWidget]]:
    window.busy(True)
    for number, step in enumerate(("header", "keys", "packs")):
        window.show_step(step, number, 3)
        yield f"signin-{step}", window
    window.halt.click()
    yield "signin-stopping", window
    window.show_stopped()
    yield "signin-stopped", window


def _first(window: SignIn, words: Words) -> Iterator[tuple[str, QWidget]]:
    window.ask_first()
    yield "first", window
    window.show_login(True)
    yield "first-login", window
    window.show_login(False)
    window.first.place.store.setText(_AT_HOME)
    yield "first-at-home", window
    window.first.place.store.setText(LONG_PLACE)
    window.first.place.name.setText(_AGENTS[words.language])
    window.go.click()
    secret = window.first.secret
    yield "first-secret", window
    for number, passphrase in enumerate(_PASSPHRASES):
        secret.passphrase.setText(passphrase)
        yield f"first-secret-{number}", window
    window.go.click()
    yield "first-again", window
    secret.again.setText("x")
    window.go.click()
    yield "first-differ", window
    secret.passphrase.setText("short")
    window.go.click()
    yield "first-short", window
    window.busy(True)
    window.show_step("create", 0, 0)
    yield "first-create", window
    window.busy(False)
    yield from _code(window, words)
    yield from _trial(window, words)


def _code(window: SignIn, words: Words) -> Iterator[tuple[str, QWidget]]:
    window.show_recovery(ANY_CODE, LONG_NAME)
    yield "recovery", window
    window.show_note(words.say("sitting.copied"))
    yield "recovery-copied", window
    window.show_note(words.say("sitting.saved_here", name=words.say("sitting.save.name")))
    yield "recovery-saved-here", window
    window.show_note(words.say("sitting.saved", name=words.say("sitting.save.name")))
    yield "recovery-saved", window
    window.go.click()
    yield "recovery-check", window
    for line in window.first.check.groups:
        line.setText("ABCD")
    window.go.click()
    yield "recovery-wrong", window
    window.later.click()


def _trial(window: SignIn, words: Words) -> Iterator[tuple[str, QWidget]]:
    bring, trial = window.first.bring, window.first.trial
    yield "import-looking", window
    bring.show_found([])
    yield "import-nothing", window
    bring.show_found(_BROWSERS)
    yield "import-found", window
    window.go.click()
    yield "try-wait", window
    trial.show_ready(words.say("sitting.try.title"), "wh")
    yield "try", window
    taken = explain(HotkeyTaken(keys="ctrl+alt+space"), words)
    window.show_note(str(Message(taken.what, taken.do, "")))
    yield "try-hotkey-taken", window
    window.take_trial(words.say("sitting.try.body"))
    yield "try-worked", window
    window.later.click()
    yield "try-card", window
