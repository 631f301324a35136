"""What the bookmark window shows: one tree, as it is now, to be made off the GUI thread."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from companion.bookmarks.opening import openable
from companion.profile.profile import Profile
from companion.profile.records import Bookmark, Folder, Version, View
from companion.profile.team import entry_id
from companion.profile.team_content import TeamPack

FOLDER, BOOKMARK, TEAM, TRASH = "folder", "bookmark", "team", "trash"
"""The kinds of lines. A team stands for all that it shares; there is one trash."""
_KINDS = frozenset({FOLDER, BOOKMARK})


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree; ``parent`` is the node it stands in, empty for the outermost.

    ``team`` names the team that shares it and alone may change it; ``gone`` is in the trash.
    ``count`` is how many bookmarks are in it and in the folders in it. ``clashes`` gives, by field,
    the values that another desk wrote apart from the one that counts.
    """

    id: str
    kind: str
    title: str
    parent: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    added: int = 0
    team: str = ""
    gone: bool = False
    count: int = 0
    clashes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def ours(self) -> bool:
        """Whether it can be changed."""
        return self.kind in _KINDS and not self.team and not self.gone

    @property
    def holds(self) -> bool:
        """Whether other lines stand in it."""
        return self.kind != BOOKMARK

    @property
    def name(self) -> str:
        """What it is called: its title, or the address where it has none."""
        return self.title or self.url


class Line(NamedTuple):
    """A line that is seen: how deep it stands, and whether what is in it is seen as well."""

    node: Node
    depth: int = 0
    open: bool = False

    @property
    def id(self) -> str:
        """The id of its node."""
        return self.node.id


class Place(NamedTuple):
    """Where something is to go: in a folder, in front of one of its nodes (empty: at its end)."""

    parent: str
    before: str = ""


class Batch(NamedTuple):
    """Addresses to be opened, in order and each once, and how many of them may not be opened."""

    nodes: tuple[Node, ...]
    refused: int


@dataclass(frozen=True)
class MarkTree:
    """Every node by its id, and by a parent's id what is in it: folders first, in their order."""

    nodes: Mapping[str, Node] = field(default_factory=dict)
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many bookmarks are the agent's own."""
        return sum(node.kind == BOOKMARK and node.ours for node in self.nodes.values())

    def children(self, id: str) -> list[Node]:
        """What stands in a node, in order; in the empty id, the outermost."""
        return [self.nodes[one] for one in self.inside.get(id, ())]

    def above(self, id: str) -> list[Node]:
        """What a node stands in, the nearest first."""
        found = []
        at = self.nodes[id].parent if id in self.nodes else ""
        while at in self.nodes:
            found.append(self.nodes[at])
            at = self.nodes[at].parent
        return found

    def path(self, id: str) -> tuple[str, ...]:
        """The names of all that a node stands in, from the outside to the inside."""
        return tuple(node.name for node in reversed(self.above(id)))

    def lines(self, opened: Collection[str]) -> list[Line]:
        """The lines that are seen while these folders are open."""
        found: list[Line] = []
        # A stack of our own: folders may be nested deeper than Python calls can be.
        waiting = [(id, 0) for id in reversed(self.inside.get("", ()))]
        while waiting:
            id, depth = waiting.pop()
            node, is_open = self.nodes[id], id in opened
            found.append(Line(node, depth, is_open))
            if is_open:
                waiting += [(one, depth + 1) for one in reversed(self.inside.get(id, ()))]
        return found

    def below(self, id: str) -> Iterator[Node]:
        """All that stands in a node, and in what is in it, in the order in which it is listed."""
        waiting = [*reversed(self.inside.get(id, ()))]
        while waiting:
            node = self.nodes[waiting.pop()]
            yield node
            waiting += reversed(self.inside.get(node.id, ()))

    def found(self, ids: Iterable[str]) -> list[Line]:
        """The lines of what a search has found, best first; what is no bookmark is left out."""
        nodes = (self.nodes[id] for id in ids if id in self.nodes)
        return [Line(node) for node in nodes if node.kind == BOOKMARK and not node.gone]

    def outermost(self, ids: Iterable[str]) -> list[str]:
        """These without what stands in another of them: it goes along."""
        chosen = dict.fromkeys(id for id in ids if id in self.nodes)
        return [id for id in chosen if not any(node.id in chosen for node in self.above(id))]

    def batch(self, ids: Iterable[str]) -> Batch:
        """The bookmarks to be opened where these are: a folder stands for all that is in it."""
        nodes: dict[str, Node] = {}
        refused = 0
        for id in self.outermost(ids):
            for node in (self.nodes[id], *self.below(id)):
                if node.kind != BOOKMARK or node.gone:
                    continue
                if openable(node.url):
                    nodes.setdefault(node.url.strip(), node)
                else:
                    refused += 1
        return Batch(tuple(nodes.values()), refused)

    def written(self, id: str, fields: Mapping[str, Any]) -> "MarkTree":
        """The tree as it will be when these fields of a node are written."""
        if id not in self.nodes:
            return self
        known = {name: said for name, said in fields.items() if name in ("title", "url", "tags")}
        node = replace(self.nodes[id], **known)
        return MarkTree({**self.nodes, id: node}, self.inside)

    # ---- moving

    def takes(self, ids: Sequence[str], parent: str) -> bool:
        """Whether these can be put into a folder: not into themselves, nor into what is no
        folder of the agent's own. Without any, it is something new.
        """
        home = self.nodes.get(parent)
        own = not parent or (home is not None and home.kind == FOLDER and home.ours)
        around = {parent, *(node.id for node in self.above(parent))}
        movable = all(id in self.nodes and self.nodes[id].ours for id in ids)
        return own and movable and around.isdisjoint(ids)

    def nudged(self, ids: Sequence[str], step: int) -> Place | None:
        """Where these go one further up (-1) or down among those of their kind; None for nowhere.

        They have to stand in one folder.
        """
        beside = self._beside(ids)
        if not beside:
            return None
        chosen = set(ids)
        at = [number for number, id in enumerate(beside) if id in chosen]
        parent, rest = self.nodes[ids[0]].parent, [id for id in beside if id not in chosen]
        over = at[0] - 1 if step < 0 else at[-1] + 1
        if not 0 <= over < len(beside):
            return None
        behind = rest.index(beside[over]) + (step > 0)
        return Place(parent, rest[behind] if behind < len(rest) else "")

    def nested(self, ids: Sequence[str], step: int) -> Place | None:
        """Where these go one folder out (-1), or into the folder before them; None for nowhere."""
        if not self._beside(ids) or not self.takes(ids, self.nodes[ids[0]].parent):
            return None
        node = self.nodes[ids[0]]
        beside = self.children(node.parent)
        if step > 0:
            before = beside[: [one.id for one in beside].index(node.id)]
            homes = [one for one in before if one.kind == FOLDER and one.id not in ids]
            return Place(homes[-1].id) if homes else None
        if not node.parent:
            return None
        home = self.nodes[node.parent]
        around = self.inside[home.parent]
        behind = around[around.index(home.id) + 1 :]
        return Place(home.parent, next((id for id in behind if self.nodes[id].ours), ""))

    def _beside(self, ids: Sequence[str]) -> list[str]:
        """All nodes of the kind and the place of these; none where they do not share both."""
        kinds = {(self.nodes[id].kind, self.nodes[id].parent) for id in ids if id in self.nodes}
        if len(kinds) != 1 or not all(self.nodes[id].ours for id in ids):
            return []
        kind, parent = kinds.pop()
        return [node.id for node in self.children(parent) if node.kind == kind and node.ours]


def landing(lines: Sequence[Line], row: int, below: bool) -> Place:
    """Where something goes that is let go above or below a line; behind all where it is none."""
    if not 0 <= row < len(lines):
        return Place("")
    at, follows = lines[row].node, lines[row + 1].node if row + 1 < len(lines) else None
    if not below:
        return Place(at.parent, at.id if at.ours else "")
    parent = at.id if follows is not None and follows.parent == at.id else at.parent
    beside = follows is not None and follows.parent == parent and follows.ours
    return Place(parent, follows.id if follows is not None and beside else "")


def tree_of(profile: Profile, teams: Mapping[str, TeamPack]) -> MarkTree:
    """The tree of a profile, then of what teams share, then of the trash."""
    with profile.lock:
        views: list[View] = [*profile.folders(), *profile.bookmarks()]
        clashes = profile.conflicts()
        gone = [view for view in profile.trash_can() if isinstance(view, Folder | Bookmark)]
    nodes = [_node(view, clashes.get(view.id, {})) for view in views]
    for team, pack in teams.items():
        nodes += _shared(team, pack)
    if gone:
        nodes.append(Node(TRASH, TRASH, ""))
        nodes += [_gone(view) for view in gone]
    return _counted(nodes)


def _counted(nodes: Sequence[Node]) -> MarkTree:
    inside: dict[str, list[str]] = defaultdict(list)
    held: dict[str, Node] = {}
    for node in nodes:
        held[node.id] = node
        inside[node.parent].append(node.id)
    counts: dict[str, int] = defaultdict(int)
    # Each stands behind what it stands in.
    for node in reversed(nodes):
        counts[node.parent] += counts[node.id] + (node.kind == BOOKMARK or node.gone)
    for id in [id for id in counts if id in held]:
        held[id] = replace(held[id], count=counts[id])
    order = {id: tuple(ids) for id, ids in inside.items()}
    return MarkTree(held, order)


def _node(view: View, clashes: Mapping[str, Sequence[Version]]) -> Node:
    twice = {name: tuple(str(held.value) for held in lost) for name, lost in clashes.items()}
    if isinstance(view, Bookmark):
        return Node(
            view.id,
            BOOKMARK,
            view.title,
            view.parent,
            view.url,
            view.tags,
            view.added,
            clashes=twice,
        )
    title = view.title if isinstance(view, Folder) else ""
    return Node(view.id, FOLDER, title, view.parent, clashes=twice)


def _gone(view: View) -> Node:
    url = view.url if isinstance(view, Bookmark) else ""
    kind = BOOKMARK if isinstance(view, Bookmark) else FOLDER
    title = view.title if isinstance(view, Bookmark | Folder) else ""
    return Node(view.id, kind, title, TRASH, url, view.tags, gone=True)


def _shared(team: str, pack: TeamPack) -> Iterator[Node]:
    if not pack.folders:
        return
    # No record has such an id.
    home = f"{TEAM}:{team}"
    yield Node(home, TEAM, pack.name, team=pack.name)
    for number, folder in enumerate(pack.folders):
        id = f"{home}/{number}"
        yield Node(id, FOLDER, folder.title, home, team=pack.name)
        for mark in folder.bookmarks:
            made = entry_id(team, mark.id)
            yield Node(made, BOOKMARK, mark.title, id, mark.url, team=pack.name)
