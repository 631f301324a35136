"""Merges two states of a record: commutative, associative, idempotent, and losing nothing."""

from typing import Any

import msgspec

from companion.profile.fields import register, written_once
from companion.profile.records import (
    HISTORY,
    JOINED,
    KINDS,
    UNKNOWN_KIND,
    Kind,
    Record,
    Register,
    Stamp,
    Version,
    kind_of,
)

_encode = msgspec.msgpack.encode


def merge(left: Record, right: Record) -> Record:
    """The state that has seen what both have seen.

    Both records have the same id. A record that is missing a field (a pack of one edit) says
    nothing about it.
    """
    if left == right:
        return left
    # Options and programs can be born twice (their ids are made from names); the older birth
    # stands.
    older = min(left, right, key=lambda record: (record.born, record.kind))
    kind, born = kind_of(older), older.born
    fields: dict[str, Register] = {}
    for name in (*left.plain, *left.registers, *right.plain, *right.registers):
        if name in fields:
            continue
        mine, theirs = register(left, name), register(right, name)
        if mine is None or theirs is None:
            fields[name] = mine or theirs or Register((), {})
        else:
            fields[name] = _merge_register(mine, theirs, kind, name)
    uses = left.uses if left.uses == right.uses else _merge_uses(left.uses, right.uses)
    return canonical(left.id, older.kind, born, fields, uses)


def canonical(
    id: str,
    kind: str,
    born: Stamp,
    fields: dict[str, Register],
    uses: dict[str, tuple[int, int]],
) -> Record:
    """The one way to write a state down: a field written once, at birth, stands in ``plain``."""
    rules = KINDS.get(kind, UNKNOWN_KIND)
    plain: dict[str, Any] = {}
    registers: dict[str, Register] = {}
    for name in sorted(fields):
        held = fields[name]
        first = held.live[0]
        if first.stamp == born and held == written_once(rules, name, born, first.value):
            plain[name] = first.value
        else:
            registers[name] = held
    return Record(id, kind, born, plain, registers, uses)


def write(record: Record, name: str, stamp: Stamp, value: Any) -> Record:
    """The record after its field was given a value by one who has seen this state.

    Conflicts of the field stay until they are resolved: a new value replaces only the winner.
    """
    kind = kind_of(record)
    before = register(record, name)
    fields = _registers(record)
    if before is None or kind.latest(name):
        fields[name] = written_once(kind, name, stamp, value)
    else:
        past = (before.live[0], *before.past)[:HISTORY] if name in kind.history else ()
        seen = before.seen | {stamp.writer: stamp.counter}
        fields[name] = Register((Version(stamp, value), *before.live[1:]), seen, past)
    return canonical(record.id, record.kind, record.born, fields, record.uses)


def write_beside(record: Record, name: str, stamp: Stamp, value: Any) -> Record:
    """The record after its field was given a value by one who has not seen the winner: both stay.

    The new value wins. For fields whose losing values are kept.
    """
    before = register(record, name)
    if before is None:
        return write(record, name, stamp, value)
    fields = _registers(record)
    seen = before.seen | {stamp.writer: stamp.counter}
    fields[name] = Register((Version(stamp, value), *before.live), seen, before.past)
    return canonical(record.id, record.kind, record.born, fields, record.uses)


def resolve(record: Record, name: str, stamp: Stamp, value: Any) -> Record:
    """The record after a person settled a field's conflict on one value; the others become past."""
    before = register(record, name)
    if before is None:
        return write(record, name, stamp, value)
    fields = _registers(record)
    history = name in kind_of(record).history
    past = _newest({version.stamp: version for version in (*before.live, *before.past)})
    seen = before.seen | {stamp.writer: stamp.counter}
    fields[name] = Register((Version(stamp, value),), seen, past if history else ())
    return canonical(record.id, record.kind, record.born, fields, record.uses)


def conflicts(record: Record) -> dict[str, list[Version]]:
    """The fields that two desks wrote without knowing of each other: what lost, by field."""
    found = {}
    for name, held in record.registers.items():
        others = [version for version in held.live[1:] if version.value != held.live[0].value]
        if others:
            found[name] = others
    return found


def _registers(record: Record) -> dict[str, Register]:
    held = {name: register(record, name) for name in (*record.plain, *record.registers)}
    return {name: state for name, state in held.items() if state is not None}


def _merge_register(left: Register, right: Register, kind: Kind, name: str) -> Register:
    if left == right:
        return left
    if name in kind.rising:
        highest = max(left.live[0], right.live[0], key=lambda one: (_height(one.value), _rank(one)))
        return Register((highest,), {})
    if name in kind.joined:
        latest = max(left.live[0], right.live[0], key=_rank).stamp
        return Register((Version(latest, joined(*_said(left), *_said(right))),), {})
    if kind.latest(name):
        # Only the winner: a version that did not know this field may have kept more.
        return Register((max(left.live[0], right.live[0], key=_rank),), {})
    live = _by_stamp(*_survivors(left, right), *_survivors(right, left))
    if not live:
        # Each says that the other's was replaced, and neither by what: no desk writes that.
        live = _by_stamp(max(left.live[0], right.live[0], key=_rank))
    seen = _join(left.seen, right.seen)
    past: tuple[Version, ...] = ()
    if name in kind.history:
        known = _by_stamp(*left.live, *left.past, *right.live, *right.past)
        past = _newest({stamp: known[stamp] for stamp in known.keys() - live.keys()})
    ordered = tuple(live[stamp] for stamp in sorted(live, reverse=True))
    return Register(ordered, seen, past)


def _survivors(one: Register, other: Register) -> list[Version]:
    """The live versions of one that other holds as well or has never seen."""
    held = {version.stamp for version in other.live}
    return [
        version
        for version in one.live
        if version.stamp in held or other.seen.get(version.stamp.writer, 0) < version.stamp.counter
    ]


def _by_stamp(*versions: Version) -> dict[Stamp, Version]:
    found: dict[Stamp, Version] = {}
    for version in versions:
        held = found.setdefault(version.stamp, version)
        if held is not version and _rank(held) < _rank(version):
            found[version.stamp] = version
    return found


def _rank(version: Version) -> tuple[Stamp, bytes]:
    """What decides: the stamp. Two values under one stamp come from a hand that changed a file."""
    return version.stamp, _encode(version.value)


def joined(*lists: Any) -> list[Any]:
    """The items of all lists, each once: the highest JOINED of them, the lowest first.

    An item is a number or begins with one; what is no list has none.
    """
    items = {_encode(item): item for held in lists if isinstance(held, list) for item in held}
    ranked = sorted(items, key=lambda written: (_first(items[written]), written))
    return [items[written] for written in ranked[-JOINED:]]


def _first(item: Any) -> int:
    """The number that an item is, or begins with; what has none is lowest."""
    number = item[0] if isinstance(item, list) and item else item
    return number if isinstance(number, int) else -1


def _said(held: Register) -> list[Any]:
    """Every value a register holds: a version that did not know the field kept several."""
    return [version.value for version in held.live]


def _height(value: Any) -> tuple[int, str]:
    """How high a rising value is: a number, or a number and a text; anything else is lowest."""
    match value:
        case int():
            return value, ""
        case [int() as number, str() as text]:
            return number, text
    return -1, ""


def _newest(versions: dict[Stamp, Version]) -> tuple[Version, ...]:
    return tuple(versions[stamp] for stamp in sorted(versions, reverse=True)[:HISTORY])


def _join(left: dict[str, int], right: dict[str, int]) -> dict[str, int]:
    joined = {name: max(left.get(name, 0), right.get(name, 0)) for name in left | right}
    return dict(sorted(joined.items()))


def _merge_uses(
    left: dict[str, tuple[int, int]], right: dict[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    zero = (0, 0)
    pairs = {name: (left.get(name, zero), right.get(name, zero)) for name in left | right}
    # dict order is no part of a value, but it is a part of the bytes: sort, so that equal states
    # make equal packs.
    return {
        name: (max(mine[0], theirs[0]), max(mine[1], theirs[1]))
        for name, (mine, theirs) in sorted(pairs.items())
    }
