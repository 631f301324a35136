"""What can be done in the bookmark window: every act a single edit that can be taken back."""

import re
import time
from collections.abc import Sequence
from typing import Any

from companion.profile.records import Bookmark, Folder, View
from companion.session.bookmark_tree import BOOKMARK, FOLDER, Node
from companion.session.record_edits import LAST, Done, RecordEdits

Link = tuple[str, str]
"""A title (empty where there is none) and an address."""

# What people type and mean the web: a name with a dot, and perhaps a port and a path.
_BARE = re.compile(r"(?!\.)[^\s/:@]+\.[^\s/:@.]{2,}(?::\d{1,5})?(?:[/?#]\S*)?")


def completed(url: str) -> str:
    """An address as it was typed, with ``https://`` where it says no scheme but a site's name."""
    url = url.strip()
    return f"https://{url}" if _BARE.fullmatch(url) else url


class BookmarkEdits(RecordEdits):
    """The acts of one open bookmark window, as RecordEdits says."""

    def write(self, id: str, seen: dict[str, Any], fields: dict[str, Any]) -> Done:
        """Write fields of a bookmark or folder, or make the bookmark of a draft."""
        if "url" in fields:
            fields = fields | {"url": completed(fields["url"])}
        return super().write(id, seen, fields)

    def add_folder(self, title: str, parent: str) -> Done:
        """Make a folder at the end of another one."""
        return self._do(
            "add_folder", [title], lambda: self._profile.add("folder", title=title, parent=parent)
        )

    def add_links(self, links: Sequence[Link], parent: str, before: str) -> Done:
        """Make bookmarks of links that were pasted or dropped, in front of another one."""
        now = int(time.time())

        def edit() -> str:
            rows = [
                {"title": title or url, "url": url, "parent": parent, "added": now}
                for title, url in links
            ]
            made = self._profile.add_many(BOOKMARK, rows)
            if before:
                self._profile.move_all(made, parent, self._ahead(BOOKMARK, parent, before, made))
            return made[0]

        return self._do("add_links", [url for _, url in links], edit)

    def move(self, ids: Sequence[str], parent: str, before: str) -> Done:
        """Put bookmarks and folders into a folder, in front of one of its nodes.

        Folders stand ahead of bookmarks, each among their kind.
        """

        def edit() -> None:
            for kind in (FOLDER, BOOKMARK):
                same = [id for id in ids if self._kind(id) == kind]
                if same:
                    after = self._ahead(kind, parent, before, same)
                    self._profile.move_all(same, parent, after)

        return self._do("move", ids, edit, ids[0])

    def move_to(self, ids: Sequence[str], parent: str, title: str) -> Done:
        """Put them at the end of a folder, or of a new outermost one with a title."""

        def edit() -> None:
            home = self._profile.add("folder", title=title) if title else parent
            for kind in (FOLDER, BOOKMARK):
                same = [id for id in ids if self._kind(id) == kind]
                if same:
                    self._profile.move_all(same, home, LAST)

        return self._do("move", ids, edit, ids[0])

    def tag(self, ids: Sequence[str], tags: Sequence[str], on: bool) -> Done:
        """Give bookmarks these tags, or take them away."""

        def edit() -> None:
            for id in ids:
                held = self._profile.get(id)
                if isinstance(held, Bookmark):
                    rest = tuple(tag for tag in held.tags if tag not in tags)
                    both = (*held.tags, *(tag for tag in tags if tag not in held.tags))
                    self._profile.change(id, tags=both if on else rest)

        return self._do("tag" if on else "untag", ids, edit)

    def keep_one(self, keep: str, others: Sequence[str]) -> Done:
        """Of bookmarks with one address keep the first; it gets the tags and uses of the others."""
        profile = self._profile

        def edit() -> None:
            held = profile.get(keep)
            rest = [view for id in others if isinstance(view := profile.get(id), Bookmark)]
            if isinstance(held, Bookmark) and rest:
                tags = dict.fromkeys(tag for mark in (held, *rest) for tag in mark.tags)
                profile.change(keep, tags=tuple(tags))
                profile.add_uses(keep, [mark.id for mark in rest])
                profile.trash(*(mark.id for mark in rest))

        return self._do("keep_one", others, edit, keep)

    def drop(self, ids: Sequence[str]) -> Done:
        """Put bookmarks of a dead link into the trash; those that went meanwhile are left."""

        def edit() -> None:
            here = [id for id in ids if self._profile.get(id) is not None]
            if here:
                self._profile.trash(*here)

        return self._do("drop", ids, edit)

    def readdress(self, moves: Sequence[tuple[str, str, str]]) -> Done:
        """Give bookmarks another address: the id, the address that was asked, and the new one.

        One that has another address by now keeps it.
        """

        def edit() -> None:
            for id, asked, url in moves:
                held = self._profile.get(id)
                if isinstance(held, Bookmark) and held.url == asked:
                    self._profile.change(id, url=url)

        return self._do("readdress", [id for id, *_ in moves], edit)

    def copy_shared(self, nodes: Sequence[Node], parent: str) -> Done:
        """Make bookmarks of a team the agent's own; a folder among them comes as a folder.

        Each folder stands ahead of the bookmarks that are in it.
        """

        def edit() -> str:
            now, homes, first = int(time.time()), dict[str, str](), ""
            for node in nodes:
                home = homes.get(node.parent, parent)
                if node.kind == FOLDER:
                    row = {"title": node.title, "parent": home}
                    made = homes[node.id] = self._profile.add(FOLDER, **row)
                else:
                    facts = {"title": node.title, "url": node.url, "added": now}
                    made = self._profile.add(BOOKMARK, **facts, parent=home)
                first = first or made
            return first

        count = sum(node.kind == BOOKMARK for node in nodes)
        return self._do("copy", [""] * count, edit)

    def undo_check(self) -> Done:
        """Take back the last act where that has settled a double or dead link; nothing else."""
        ours = self._acts.last in ("keep_one", "readdress", "drop")
        return self.undo() if ours else Done("", 0)

    # ---- inside

    def _make(self, draft: str, fields: dict[str, Any]) -> Done:
        url = fields.get("url", "")
        row = fields | {"title": fields.get("title") or url, "added": int(time.time())}
        done = self._do("new", [draft], lambda: self._profile.add(BOOKMARK, **row))
        self.born[draft] = done.id
        return done

    def _listed(self, view: View) -> str:
        return view.id if isinstance(view, Bookmark | Folder) else ""

    def _kind(self, id: str) -> str:
        held = self._profile.get(id)
        if isinstance(held, Folder):
            return FOLDER
        return BOOKMARK if isinstance(held, Bookmark) else ""

    def _ahead(self, kind: str, parent: str, before: str, moving: Sequence[str]) -> str:
        """The sibling of a kind that stands ahead of where ``before`` stands."""
        held: Sequence[View] = (
            self._profile.folders() if kind == FOLDER else self._profile.bookmarks()
        )
        beside = [view.id for view in held if view.parent == parent and view.id not in moving]
        if before in beside:
            at = beside.index(before)
            return beside[at - 1] if at else ""
        # Bookmarks stand behind all folders: in front of one of these is in front of them all.
        ahead = before and kind == BOOKMARK and self._kind(before) == FOLDER
        return "" if ahead else LAST
