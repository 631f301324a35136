"""The list of this desk's input methods and browsers, and what can be ticked to be put there."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal

from companion.bookmarks.browsers import Browser
from companion.session.desk_places import Place
from companion.ui.library_ticks import TickDelegate
from companion.ui.lists_style import Index
from companion.ui.parts import grown, hint_of
from companion.ui.plain_list import PlainList, PlainModel
from companion.ui.style import Tokens
from companion.ui.two_lines import Sign, TwoLines, TwoLinesModel
from companion.ui.words import Words


def name_of(place: Place, words: Words) -> str:
    """What a place is called."""
    if isinstance(place.what, Browser):
        return f"{place.what.browser} · {place.what.profile}"
    return words.say(f"input_method.{place.what.name}")


def state_of(place: Place, words: Words) -> str:
    """How a place stands, in a few words."""
    said = [words.say(f"this_desk.has.{place.holds}", count=place.lent)] if place.lent else []
    if place.refused is not None:
        said.append(words.say(f"this_desk.refused.{place.refused.value}"))
    elif place.format:
        said.append(words.say("this_desk.by_hand"))
    return " · ".join(said) or words.say("this_desk.nothing_there")


class PlaceDelegate(TwoLines):
    """Paints what a place is called, and below how it stands."""

    def texts(self, row: object) -> tuple[str, str]:
        """The name; the state."""
        if not isinstance(row, Place):
            return "", ""
        return name_of(row, self._words), state_of(row, self._words)

    def signs(self, row: object) -> tuple[Sign, ...]:
        """A dot where something of the agent's is."""
        return (("●", self._tokens.accent),) if isinstance(row, Place) and row.lent else ()

    def spoken(self, row: object) -> str:
        """The dot says what the state does."""
        return " ".join(self.texts(row))


class _Places(TwoLinesModel[Place]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Besides, all that is seen as a tool tip: there may be no room for it."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint_of(self._delegate.spoken(self.rows[index.row()]))
        return super().data(index, role)


class PlaceList(PlainList):
    """One place is always chosen, where there is any."""

    turned = Signal()
    """Another place was chosen."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__(words.say("this_desk.places"))
        self._delegate = PlaceDelegate(words, tokens)
        self._places = _Places(self._delegate)
        self.setModel(self._places)
        self.setItemDelegate(self._delegate)
        # Where the text is large and the screen is not, the page beside needs the room.
        self.setFixedWidth(min(grown(self, 250), self.screen().availableGeometry().width() // 3))
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.turned.emit())

    @property
    def place(self) -> Place | None:
        """The chosen place."""
        at = self.currentIndex().row()
        return self._places.rows[at] if 0 <= at < len(self._places.rows) else None

    def show_places(self, places: Sequence[Place]) -> None:
        """List these; the one that was chosen stays chosen."""
        before = self.place
        keys = [place.key for place in places]
        at = keys.index(before.key) if before is not None and before.key in keys else 0
        with QSignalBlocker(self.selectionModel()):
            self._places.show(places)
        if places:
            self.setCurrentIndex(self._places.index(at))
        self.turned.emit()


class _Shares(PlainModel[tuple[str, int]]):
    """Names, each with how many it has; there may be thousands."""

    ticked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words, self._holds = words, ""
        self.left_out: set[str] = set()

    def show_shares(self, shares: Mapping[str, int], holds: str, left_out: Collection[str]) -> None:
        """List these."""
        self._holds = holds
        self.left_out = {name for name in left_out if name in shares}
        self.show(list(shares.items()))

    def tick_all(self, tick: bool) -> None:
        """Tick all of them, or none."""
        self.left_out = set() if tick else {name for name, _ in self.rows}
        self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
        self.ticked.emit()

    def flags(self, _index: Index) -> Qt.ItemFlag:
        """Each can be chosen and ticked."""
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name with the count, and whether it is ticked."""
        name, count = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            checked = name not in self.left_out
            return (Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked).value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            called = name or self._words.say(f"this_desk.none.{self._holds}")
            said = self._words.say("this_desk.share", name=called, count=count)
            return said if role == Qt.ItemDataRole.DisplayRole else hint_of(said)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.DisplayRole) -> bool:
        """Tick it or not."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        name, _ = self.rows[index.row()]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.left_out.discard(name)
        else:
            self.left_out.add(name)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True


class ShareList(PlainList):
    """The sets or folders that can be put somewhere, each with how many it has, all ticked."""

    ticked = Signal()

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__("")
        self.setObjectName("ticks")
        self._words = words
        self._delegate, self._shares = TickDelegate(tokens), _Shares(words)
        self.setItemDelegate(self._delegate)
        self.setModel(self._shares)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._shares.ticked.connect(self.ticked)

    @property
    def left_out(self) -> set[str]:
        """The names that are not ticked."""
        return set(self._shares.left_out)

    def sizeHint(self) -> QSize:
        """It scrolls by itself, and asks for no more than the least."""
        return self.minimumSize()

    def show_shares(self, shares: Mapping[str, int], holds: str, left_out: Collection[str]) -> None:
        """List these, and tick all that are not ``left_out``."""
        top = self.verticalScrollBar().value()
        self.setAccessibleName(self._words.say(f"this_desk.what.{holds}"))
        self._shares.show_shares(shares, holds, left_out)
        self.verticalScrollBar().setValue(top)

    def clear(self) -> None:
        """List nothing."""
        self._shares.show_shares({}, "", ())

    def tick_all(self, tick: bool) -> None:
        """Tick all of them, or none."""
        self._shares.tick_all(tick)
