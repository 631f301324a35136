"""The pages of a first run, all of them together."""

from companion.ui.sign_in_after import Import, Try
from companion.ui.sign_in_code import CheckCode, Code
from companion.ui.sign_in_first import NewSecret, Place
from companion.ui.sign_in_page import AtHome, Page
from companion.ui.words import Words


class FirstPages:
    """In their order: the place, the passphrase, the code, its check, what is here, the hotkey."""

    def __init__(self, words: Words, default_store: str, at_home: AtHome) -> None:
        self.place = Place(words, default_store, at_home)
        self.secret = NewSecret(words)
        self.code = Code(words)
        self.check = CheckCode(words)
        self.bring = Import(words)
        self.trial = Try(words)

    def all(self) -> tuple[Page, ...]:
        """Every page."""
        return (self.place, self.secret, *self.after_making())

    def after_making(self) -> tuple[Page, ...]:
        """Those that come when the profile is there."""
        return (self.code, self.check, self.bring, self.trial)

    def after(self, page: Page) -> Page | None:
        """The page that one goes on to, ready to be shown; None behind the last."""
        if page is self.code:
            self.check.ask(self.code.code.text())
        rest = (self.place, self.secret, *self.after_making(), None)
        return rest[rest.index(page) + 1]

    def before(self, page: Page) -> Page | None:
        """The page that one may go back to; None where that is another way in, or none at all."""
        back: dict[Page, Page] = {self.secret: self.place, self.check: self.code}
        return back.get(page)

    def forget(self) -> None:
        """Hold nothing of what was typed or shown."""
        for page in self.all():
            page.forget()
