"""Reads the fields of a record: their registers, their winning values, and the typed view."""

from collections.abc import Iterable
from typing import Any

import msgspec

from companion.profile.records import (
    Kind,
    Phrase,
    Record,
    Register,
    Stamp,
    Variant,
    Version,
    View,
    kind_of,
)

# Kinds whose body may be a pair of the text and the same as HTML.
_RICH = (Phrase, Variant)


def register(record: Record, name: str) -> Register | None:
    """A field in its full form, or None where the record does not have it."""
    held = record.registers.get(name)
    if held is None and name in record.plain:
        return written_once(kind_of(record), name, record.born, record.plain[name])
    return held


def written_once(kind: Kind, name: str, stamp: Stamp, value: Any) -> Register:
    """The register of a field that has had this one value only."""
    seen = {} if kind.latest(name) else {stamp.writer: stamp.counter}
    return Register((Version(stamp, value),), seen)


def values(record: Record) -> dict[str, Any]:
    """The winning value of every field."""
    if not record.registers:
        return record.plain
    return record.plain | {name: held.live[0].value for name, held in record.registers.items()}


def value(record: Record, name: str) -> Any:
    """The winning value of one field, None where the record does not have it."""
    held = record.registers.get(name)
    return record.plain.get(name) if held is None else held.live[0].value


def text(record: Record, name: str) -> str:
    """The winning value of a field that is a text; empty where it is none."""
    said = value(record, name)
    return said if isinstance(said, str) else ""


def stamp_of(record: Record, name: str) -> Stamp:
    """When a field of the record was last written."""
    held = record.registers.get(name)
    return record.born if held is None else held.live[0].stamp


def there(record: Record) -> bool:
    """Whether any field is known: not so while only a use count of it has arrived."""
    return bool(record.plain or record.registers)


def content_stamps(record: Record) -> set[Stamp]:
    """The winning stamps of the fields whose loss a person would mind."""
    kind = kind_of(record)
    return {
        stamp_of(record, name)
        for name in (*record.plain, *record.registers)
        if not kind.latest(name)
    }


def saw(record: Record, inside: Iterable[Record]) -> list[list[Any]]:
    """What a deletion of the record notes: the stamps it saw, its own and those of what is inside.

    Those of a record inside are named with its id: records that were made at once share a stamp.
    """
    own = {record.born, *content_stamps(record)}
    noted: list[list[Any]] = [[stamp.counter, stamp.writer] for stamp in sorted(own)]
    for child in inside:
        stamps = sorted({child.born, *content_stamps(child)})
        noted += [[stamp.counter, stamp.writer, child.id] for stamp in stamps]
    return noted


def trashed(record: Record, inside: Iterable[Record] = ()) -> bool:
    """Whether the record was deleted, and nothing was written to it by one who had not seen that.

    A deletion names the stamps it saw, so a text edited on another desk meanwhile comes back;
    and so does what something was added to (``inside``: the parts of a phrase).
    """
    noted = value(record, "trashed")
    if not isinstance(noted, list) or not noted:
        return False
    known = {tuple(stamp) for stamp in noted if isinstance(stamp, list) and _plain(stamp)}
    if any((stamp.counter, stamp.writer) not in known for stamp in content_stamps(record)):
        return False
    return all(
        (stamp.counter, stamp.writer, child.id) in known
        for child in inside
        for stamp in {child.born, *content_stamps(child)}
    )


def _plain(stamp: list[Any]) -> bool:
    return all(isinstance(part, (int, str)) for part in stamp)


def packed(fields: dict[str, Any], before: Any = "") -> dict[str, Any]:
    """Fields as they are kept: a body and its HTML are one value, ``[text, html]``.

    Kept apart, two rewrites on two desks could end as the text of one and the HTML of the other.
    ``before`` is the body as it stands: a new body has no HTML until it is given one.
    """
    kept = {name: _listed(said) for name, said in fields.items()}
    if "rich" in kept:
        rich = kept.pop("rich")
        said = plain_text(kept.get("body", before))
        kept["body"] = [said, rich] if rich else said
    return kept


def _listed(said: Any) -> Any:
    """A value as it comes back from a pack: no tuples."""
    found = msgspec.to_builtins(said, builtin_types=(bytes,))
    return list(found) if isinstance(found, tuple) else found


def plain_text(body: Any) -> str:
    """The text of a body as it is kept: a text, or a text with its HTML."""
    said = body[0] if isinstance(body, list) and body else body
    return said if isinstance(said, str) else ""


def rich_text(body: Any) -> str:
    """The HTML of a body as it is kept; empty where it has none."""
    if isinstance(body, list) and len(body) == 2 and isinstance(body[1], str):
        return body[1]
    return ""


def view(record: Record) -> View:
    """The typed view of a record; a value of a wrong type counts as none.

    A newer Companion may have widened a type: that must neither hide the record nor its pack.
    """
    try:
        return checked(record)
    except msgspec.ValidationError:
        form = kind_of(record).view
    fields = _unpacked(record, form)
    sound = {name: fields[name] for name in form.__struct_fields__ if name in fields}
    for field in msgspec.structs.fields(form):
        try:
            msgspec.convert(sound.get(field.name, field.default), field.type)
        except msgspec.ValidationError:
            del sound[field.name]
    return msgspec.convert(sound, form)


def checked(record: Record) -> View:
    """The typed view of a record. Raises msgspec.ValidationError where a value has a wrong type."""
    form = kind_of(record).view
    return msgspec.convert(_unpacked(record, form), form)


def _unpacked(record: Record, form: type[View]) -> dict[str, Any]:
    fields = values(record) | {"id": record.id}
    if form in _RICH and isinstance(fields.get("body"), list):
        body = fields["body"]
        fields |= {"body": plain_text(body), "rich": rich_text(body)}
    return fields
