"""The clipboard while an insertion has it: lent, offered anew where it was lost, given back."""

from collections.abc import Generator

from companion.desk.ports import Clipboard, Content, Offer
from companion.phrases.waiting import Wait

# How long the program that has copied may take to hand it over. What does not come in that time
# does not come: that program hangs, and nobody else could paste from it either.
TOLD_S = 2.0


class Borrowed:
    """What stood on the clipboard, and the offer that stands there in its place.

    Whoever copies something meanwhile has the newer word: that is what comes back in the end.
    ``both`` means the second selection as well, where a desktop has one.
    """

    def __init__(self, clipboard: Clipboard, both: bool) -> None:
        self._clipboard, self._both = clipboard, both
        self._before = clipboard.snapshot(both)
        self._offer: Offer | None = None

    def offer(self, content: Content) -> Generator[Wait, bool, Offer]:
        """Offer content; what another program has copied since the last offer is remembered."""
        if self._offer is not None and not self._offer.standing():
            self._before = self._clipboard.snapshot(self._both)
        if not self._clipboard.complete(self._before):
            yield Wait(lambda: self._clipboard.complete(self._before), TOLD_S)
        self._offer = self._clipboard.offer(content, self._both)
        return self._offer

    def withdraw(self) -> None:
        """Leave what stands there: an offer that could not be put up yet never is."""
        self._clipboard.withdraw()

    def give_back(self) -> None:
        """Put back what stood there, unless another program has copied since."""
        if self._offer is not None and self._offer.standing():
            self._clipboard.restore(self._before)
