"""The right side of the phrase window: one phrase with all it has; what is typed is never lost."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal

from companion.session.library import Details, Group, Wording
from companion.ui.library_form import EditorForm
from companion.ui.library_preview import Rendered
from companion.ui.seen import Key, Seen
from companion.ui.style import Tokens
from companion.ui.tag_line import tags_in
from companion.ui.undo_keys import UndoKeys
from companion.ui.words import Words

_PREVIEW_MS = 80


class Editor(EditorForm):
    """Says what was typed as soon as a field is left, by ``acted`` (write)."""

    acted = Signal(str, dict)
    undo_wanted = Signal(bool)
    """To take the last act back, or (False) to do it again: no field has anything to undo."""
    typed = Signal()
    """A line shows something else, as also when it takes its typing back itself."""
    clash_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(self, words: Words, tokens: Tokens, rendered: Rendered) -> None:
        super().__init__(words, tokens, rendered)
        self.id = ""
        self.writes = 0
        """How often something was said to be written: what was read before is out of date."""
        self._details: Details | None = None
        self._at, self._made, self._adding = "", True, False
        self._seen = Seen()
        self._groups: tuple[Group, ...] = ()
        self._comma = words.say("library.tags.comma")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PREVIEW_MS)
        self._soon.timeout.connect(lambda: self.below.show_body(self.body.text()))
        self.body.textChanged.connect(self._soon.start)
        self.body.textChanged.connect(self.typed)
        self.body.left.connect(self.flush)
        for line in (self.title, self.abbr, self.tags, self.wordings.name):
            line.editingFinished.connect(self.flush)
            line.textChanged.connect(self.typed)
        UndoKeys(self.lines, self).wanted.connect(self.undo_wanted)
        self.star.clicked.connect(lambda _checked: self._star())
        self.set.activated.connect(self._move)
        self.wordings.turned.connect(self._turn)
        self.wordings.added.connect(self._add_wording)
        self.wordings.dropped.connect(self._drop_wording)
        self.notice.pressed.connect(self._notice_act)
        self.below.acted.connect(self.acted)

    @property
    def ours(self) -> bool:
        """Whether what is shown can be changed."""
        details = self._details
        return details is not None and not details.team and not details.gone

    # ---- showing

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Offer these sets."""
        if groups != self._groups:
            self._groups = groups
            self.offer_sets(groups, self._details.parent if self._details else "")

    def show_details(self, details: Details) -> None:
        """Show a phrase, or what has become of the one that is shown; what was typed is kept."""
        if details.id != self.id:
            self.forget()
            self.id = details.id
        known = [wording.id for wording in details.wordings]
        new = [wording.id for wording in details.wordings if self._waits_for(wording)]
        before = self._at
        if before and (new or before not in known):
            # Its lines show another one in a moment; where it was deleted elsewhere, what is being
            # typed in it brings it back.
            self.flush()
        self._details, self._made = details, True
        self._adding = self._adding and not new
        self._at = new[0] if new else self._at if self._at in known else self.id
        for key, stored in self._stored(details).items():
            composing = key[1] == "body" and self.body.composing
            if self._at != before and self._of_wording(key):
                # Its line still shows another wording.
                self._put(key, stored)
            elif not composing and self._seen.came(key, stored, self._shown()[key]):
                self._put(key, stored)
        self._show_rest()
        if new:
            self.body.go_on()

    def begin(self, draft: str, parent: str, title: str = "", body: str = "") -> None:
        """Begin a phrase that is not there yet, in a set."""
        self.show_details(Details(draft, "", (Wording(draft, "", ""),), parent=parent))
        self._made = False
        self._show_rest()
        self.title.setText(title)
        self.body.setPlainText(body)
        (self.body if title else self.title).setFocus()

    def adopt(self, draft: str, id: str) -> None:
        """A draft has become a phrase."""
        if self.id == draft and self._details is not None:
            self._seen.rename(draft, id)
            self._at = id if self._at == draft else self._at
            self.id, self._details = id, replace(self._details, id=id)

    def forget(self) -> None:
        """Show nothing, and hold nothing of what was shown."""
        self.id = self._at = ""
        self._details = None
        self._seen.forget()
        for line in (self.title, self.abbr, self.tags, self.wordings.name):
            line.clear()
        self.body.clear()
        self.lock(False)
        self.below.show_body("")
        self.below.show_parts(Wording("", "", ""), (), (), False)

    # ---- saving

    def flush(self) -> None:
        """Say what was typed and is not written yet."""
        if not self.ours or self._details is None:
            return
        for id, typed in self._seen.typed(self._shown()).items():
            fields = typed
            if not self._made:
                if not (self.title.text().strip() or self.body.text().strip()):
                    return
                more = {"parent": self._details.parent, "favourite": self.star.isChecked()}
                fields, self._made = typed | more, True
            seen = self._seen.write(id, typed)
            self.writes += 1
            self.acted.emit("write", {"id": id, "seen": seen, "fields": _clean(fields)})

    # ---- inside

    def _stored(self, details: Details) -> dict[Key, Any]:
        wording = self._wording(details)
        found: dict[Key, Any] = {
            (details.id, "title"): details.title,
            (details.id, "abbr"): details.abbr,
            (details.id, "tags"): tuple(details.tags),
            (wording.id, "body"): wording.kept,
        }
        if wording.id != details.id:
            found[wording.id, "title"] = wording.title
        return found

    def _shown(self) -> dict[Key, Any]:
        found: dict[Key, Any] = {
            (self.id, "title"): self.title.text(),
            (self.id, "abbr"): self.abbr.text(),
            (self.id, "tags"): tags_in(self.tags.text()),
            (self._at, "body"): self.body.text(),
        }
        if self._at != self.id:
            found[self._at, "title"] = self.wordings.name.text()
        return found

    def _of_wording(self, key: Key) -> bool:
        """Whether a field is another one for every wording."""
        return key[1] == "body" or key[0] != self.id

    def _put(self, key: Key, stored: Any) -> None:
        id, name = key
        if name == "body":
            self.body.put(stored[0] if isinstance(stored, list) else stored)
        elif name == "tags":
            self.tags.setText(self._comma.join(stored))
        elif id != self.id:
            self.wordings.name.setText(stored)
        else:
            (self.title if name == "title" else self.abbr).setText(stored)
        self._seen.shows(key, stored, self._shown()[key])
        for line in (self.title, self.abbr, self.tags, self.wordings.name):
            if not line.hasFocus():
                # A long one is to be seen from its beginning.
                line.setCursorPosition(0)

    def _wording(self, details: Details) -> Wording:
        found = (wording for wording in details.wordings if wording.id == self._at)
        return next(found, details.wordings[0])

    def _waits_for(self, wording: Wording) -> bool:
        """Whether this is the wording that was just added here."""
        known = [held.id for held in self._details.wordings] if self._details else []
        return self._adding and bool(known) and wording.id not in known

    def _turn(self, id: str) -> None:
        """Another wording is chosen."""
        details = self._details
        if details is not None:
            self.flush()
            self._at = id
            for key, stored in self._stored(details).items():
                if self._of_wording(key):
                    self._put(key, self._seen.stored(key, stored))
            self._show_rest()

    def _show_rest(self) -> None:
        """What follows from the phrase and cannot be typed."""
        details = self._details
        if details is None:
            return
        self.lock(self.ours)
        self.star.setChecked(details.favourite)
        self.set.setCurrentIndex(max(0, self.set.findData(details.parent)))
        self.wordings.show_wordings(details.wordings, self._at, self.ours, self._made)
        wording = self._wording(details)
        self.rich.setVisible(bool(wording.rich))
        own = self.ours and self._made
        self.below.show_parts(wording, details.images, details.programs, own)
        self.below.show_body(self.body.text())
        self.tell(details, bool(self._seen.elsewhere))

    def _notice_act(self) -> None:
        details = self._details
        if details is None:
            return
        if details.team:
            self.copy_wanted.emit(details.id)
        elif details.gone:
            self.acted.emit("restore", {"ids": [details.id]})
        else:
            self.clash_wanted.emit(details.id)

    def _star(self) -> None:
        if self._made:
            self.acted.emit("favourite", {"ids": [self.id], "on": self.star.isChecked()})

    def _move(self, at: int) -> None:
        details, parent = self._details, str(self.set.itemData(at))
        if details is None or parent == details.parent:
            return
        self._details = replace(details, parent=parent)
        if self._made:
            self.acted.emit("move_to", {"ids": [self.id], "parent": parent, "title": ""})

    def _add_wording(self, title: str) -> None:
        self.flush()
        self._adding = True
        row = {"id": self.id, "title": title, "body": self.body.text()}
        self.acted.emit("add_wording", row)

    def _drop_wording(self, id: str) -> None:
        self.flush()
        self.acted.emit("trash", {"ids": [id]})


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    """Titles and codes without blanks at their ends."""
    bare = {name: said.strip() for name, said in fields.items() if name in ("title", "abbr")}
    return fields | bare
