"""Gives new records their place: behind what their parent holds already."""

from collections.abc import Iterable
from typing import Any

from companion.profile.position import between, spread
from companion.profile.records import Record, values

# Kinds that have no order of their own.
_UNPLACED = frozenset({"reflection", "option"})


def placed(
    kind: str, rows: list[dict[str, Any]], records: Iterable[Record]
) -> list[dict[str, Any]]:
    """The rows of a kind, each with a position behind the records of its parent, in their order."""
    by_parent: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if kind not in _UNPLACED and "position" not in row:
            by_parent.setdefault(row.get("parent", ""), []).append(row)
    if not by_parent:
        return rows
    last = dict.fromkeys(by_parent, "")
    for record in records:
        if record.kind == kind:
            fields = values(record)
            parent = fields.get("parent", "")
            if parent in last:
                last[parent] = max(last[parent], str(fields.get("position", "")))
    for parent, group in by_parent.items():
        if len(group) == 1:
            group[0]["position"] = between(last[parent], "")
        else:
            for row, position in zip(group, spread(len(group), last[parent]), strict=True):
                row["position"] = position
    return rows
