"""What of a profile may come behind the rest: the bytes of images, in packs of their own.

A pack of the first kind has everything of an image but its bytes, so that a desk knows of it.
"""

from collections.abc import Iterable

import msgspec

from companion.profile.records import Record

_KIND, _FIELD = "image", "data"


def apart(records: Iterable[Record]) -> tuple[list[Record], list[Record]]:
    """Records (or the changed parts of some) as what comes first, and what may come behind."""
    first, behind = list[Record](), list[Record]()
    for record in records:
        if not is_heavy(record):
            first.append(record)
            continue
        plain = {name: said for name, said in record.plain.items() if name != _FIELD}
        registers = {name: held for name, held in record.registers.items() if name != _FIELD}
        first.append(msgspec.structs.replace(record, plain=plain, registers=registers))
        bytes_of = {name: said for name, said in record.plain.items() if name == _FIELD}
        written = {name: held for name, held in record.registers.items() if name == _FIELD}
        behind.append(Record(record.id, record.kind, record.born, bytes_of, written))
    return first, behind


def is_heavy(record: Record) -> bool:
    """Whether a record has something that may come behind."""
    return record.kind == _KIND and (_FIELD in record.plain or _FIELD in record.registers)
