"""Does what the bookmark window asks for, and shows it what the open profile holds."""

from collections.abc import Callable, Sequence
from typing import Any

from companion.app.around import Around
from companion.app.editing import Find
from companion.app.keeping import Keeping
from companion.app.link_checks import LinkChecks
from companion.runtime.tasks import Tasks
from companion.session.bookmark_edits import BookmarkEdits
from companion.session.bookmark_tree import MarkTree, Node, tree_of
from companion.session.record_edits import Done
from companion.session.session import Session
from companion.ui.bookmarks import Bookmarks
from companion.ui.bookmarks_editor import MarkEditor
from companion.ui.style import Tokens
from companion.ui.words import Words

_Picture = tuple[MarkTree, int]
"""A tree, and how often the editor had asked for something to be written before."""


class Marking(Keeping[Bookmarks, _Picture, BookmarkEdits]):
    """The bookmark window and the session it works on."""

    def __init__(
        self, words: Words, tokens: Tokens, find: Find, own: Tasks, *, around: Around
    ) -> None:
        super().__init__(words, find, own)
        self._tokens, self._around = tokens, around
        self._editor = MarkEditor(words)
        # Starting a browser takes its time, which no edit waits for.
        self.browser = Tasks(self)
        self.checks: LinkChecks | None = None
        if around.checker is not None:
            self.checks = LinkChecks(words, tokens, around.checker)
            self.checks.acted.connect(self._act)
            self.checks.open_wanted.connect(self._open)

    def make_window(self) -> None:
        """Make the window around the editor."""
        window = self.window = Bookmarks(self._words, self._tokens, self._around.ways, self._editor)
        window.acted.connect(self._act)
        window.closed.connect(self._closed)
        window.sought.connect(self._seek)
        window.open_wanted.connect(self._open)
        window.copy_wanted.connect(self._around.copy)
        window.way_wanted.connect(self._around.way)
        for one in (window.left.doubles, window.left.dead):
            one.setVisible(self.checks is not None)
        window.doubles_wanted.connect(lambda: self._check(LinkChecks.open_doubles))
        window.dead_wanted.connect(lambda: self._check(LinkChecks.open_dead))

    def put_away(self) -> None:
        """Write what was typed, and show nothing any more."""
        if self.checks is not None:
            self.checks.put_away()
        super().put_away()

    def leave(self) -> None:
        """Hold nothing of the session any more."""
        if self.checks is not None:
            self.checks.put_away()
        super().leave()
        self.window.close_folders()

    def end(self) -> None:
        """Do nothing more."""
        if self.checks is not None:
            self.checks.end()
        self.browser.end()

    # ---- reading

    def _begin(self, session: Session) -> BookmarkEdits:
        return BookmarkEdits(session.profile)

    def _turn_to(self, id: str) -> None:
        self.window.open_at(id)

    def _picture_of(self, session: Session) -> Callable[[], _Picture]:
        writes = self.window.editor.writes
        return lambda: (tree_of(session.profile, session.teams.shared()), writes)

    def _show_picture(self, picture: _Picture) -> None:
        tree, writes = picture
        if writes == self.window.editor.writes:
            self.window.show_tree(tree)
        else:
            # It does not hold what was typed meanwhile.
            self._stale = True

    # ---- doing

    def _act(self, name: str, facts: dict[str, Any]) -> None:
        """Do one of the acts of BookmarkEdits."""
        edits = self._edits
        if edits is not None:
            acts = (
                *(edits.write, edits.move, edits.move_to, edits.trash, edits.restore),
                *(edits.add_folder, edits.add_links, edits.tag, edits.keep_one),
                *(edits.readdress, edits.copy_shared, edits.settle, edits.undo, edits.redo),
                edits.drop,
                edits.undo_check,
            )
            self._act_with(acts, name, facts)

    def _did(self, done: Done) -> None:
        if self.checks is not None:
            self.checks.did(done)

    def _open(self, nodes: Sequence[Node]) -> None:
        """Open addresses in this order; each that was opened counts as used."""
        session, say = self._session, self._words.say
        if session is None:
            return

        def work() -> int:
            if self._around.open_set is not None and len(nodes) > 1:
                self._around.open_set([node.url for node in nodes])
                with session.profile.together():
                    for node in nodes:
                        session.profile.count_use(node.id)
                return len(nodes)
            for node in nodes:
                if session is not self._session:
                    # Whoever signs out meanwhile has no browser opened behind them.
                    break
                self._around.open(node.url)
                session.profile.count_use(node.id)
            return len(nodes)

        def done(count: int) -> None:
            if self.window.isVisible():
                self.window.foot.say(say("marks.opened", count=count), undo=False)

        if len(nodes) > 1:
            self.window.foot.say(say("marks.opening", count=len(nodes)), undo=False)
        self.browser.run(work, done, self._fail)

    def _check(self, open_window: Callable[[LinkChecks, Session], None]) -> None:
        if self.checks is not None and self._session is not None:
            self.window.editor.flush()
            open_window(self.checks, self._session)

    def _fail(self, error: Exception) -> None:
        super()._fail(error)
        # What was typed may not have been written: the window shows what there is.
        self.read()
