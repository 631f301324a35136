"""Phrase bodies: what is text, what is filled in and what is done there; see docs/phrases.md.

``{name}``, ``{name:default}`` and ``{name:one|other}`` are slots; ``{{`` and ``}}`` are braces. A
name that is a word of ours means more, in Chinese and in English alike. What is not exactly such a
thing is text, brace for brace.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from companion.profile import template_dates as dates
from companion.profile.template_dates import Moment

# Neither a name nor what follows it holds braces or line breaks, so that a stray brace in pasted
# text stays what it is instead of swallowing the rest of the phrase. A name has a letter and none
# of the signs that code is full of. A Chinese input method types the wide colon and bar.
_UNNAMED = r"{}:\uff1a\r\n\t\"\\;=<>\[\]`|\uff5c$*^@"
_NAME = rf"(?=[^{_UNNAMED}]*[^\W\d])(?!\s*')[^{_UNNAMED}]{{1,40}}"
_SLOT = re.compile(rf"\{{({_NAME})(?:[:\uff1a]([^{{}}\r\n]*))?\}}")
_BRACES = re.compile(r"\{\{|[{}]")
# "{color: red;}" and "{color:red;margin:0}" are rules of a style sheet.
_STYLE = re.compile(r";\s*(?:[\w-]+\s*:|$)")
_BARS = re.compile("\\|\\||\uff5c\uff5c|[|\uff5c]")
_CLIPBOARD, _CURSOR, _SEND = ("剪贴板", "clipboard"), ("光标", "cursor"), ("发送", "send")
_PHRASE = ("短语", "phrase")


@dataclass(frozen=True)
class Slot:
    """A place the agent fills in.

    ``default`` is offered first; where there are ``choices`` it is the first of them.
    """

    name: str
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clipboard:
    """The text that is on the clipboard; ``word`` is how the body says it."""

    word: str = field(default=_CLIPBOARD[0], compare=False)


@dataclass(frozen=True)
class Cursor:
    """Where the cursor stands in the end."""

    word: str = field(default=_CURSOR[0], compare=False)


@dataclass(frozen=True)
class Send:
    """Enter is pressed here: one message ends, the next begins."""

    word: str = field(default=_SEND[0], compare=False)


@dataclass(frozen=True)
class Other:
    """The text of another phrase, named by its title or its code."""

    name: str
    word: str = field(default=_PHRASE[0], compare=False)


Part = str | Slot | Moment | Clipboard | Cursor | Send | Other


def parse(body: str) -> list[Part]:
    """The body in parts, in order; adjacent text is joined."""
    parts: list[Part] = []
    # Whether each brace that is open was doubled. The braces of JSON close in pairs of their own.
    doubled: list[bool] = []
    at = 0
    while brace := _BRACES.search(body, at):
        _add(parts, body[at : brace.start()])
        at = brace.start()
        slot = _SLOT.match(body, at)
        part = _part(slot) if slot else None
        if slot and part is not None:
            parts.append(part)
            at = slot.end()
            continue
        opens = body[at] == "{"
        twice = body[at : at + 2] == ("{{" if opens else "}}")
        if opens:
            doubled.append(twice)
        else:
            twice = twice and (not doubled or doubled[-1])
            # One that closes nothing of its kind closes nothing.
            if doubled and doubled[-1] == twice:
                doubled.pop()
        _add(parts, body[at])
        at += 2 if twice else 1
    _add(parts, body[at:])
    return parts


def render(parts: Iterable[Part]) -> str:
    """A body that parses to these parts. Raises ValueError for what no body can say."""
    parts = list(parts)
    body = "".join(map(_written, parts))
    if parse(body) != parts:
        raise ValueError("the syntax cannot say this")
    return body


def slots(body: str) -> list[Slot]:
    """The slots of a body, each name once, in the order they first appear."""
    return once(part for part in parse(body) if isinstance(part, Slot))


def once(found: Iterable[Slot]) -> list[Slot]:
    """Each name once; the first of them that offers anything says what is offered."""
    kept: dict[str, Slot] = {}
    for slot in found:
        known = kept.setdefault(slot.name, slot)
        if not known.default and not known.choices:
            kept[slot.name] = slot
    return list(kept.values())


def literal(text: str) -> str:
    """A body that comes out as exactly text, whatever braces it holds."""
    return text.replace("{", "{{").replace("}", "}}")


def slot_name(said: str) -> str:
    """The nearest that a slot can be called; empty where nothing of it can."""
    near = said.translate(str.maketrans('{}[]<>"`:\uff1a|\uff5c;=', "()()()''----,-"))
    name = re.sub(rf"[{_UNNAMED}]+", " ", near).strip().lstrip("'")[:40].strip()
    if re.search(r"[^\W\d]", name):
        return name
    return f"_{name}"[:40].strip() if re.search(r"\w", name) else ""


def gap(name: str) -> str:
    """The body of a slot that is asked for by name, also where the name is a word of ours."""
    bare = f"{{{name}}}"
    return bare if parse(bare) == [Slot(name)] else f"{{{name}:}}"


def _add(parts: list[Part], text: str) -> None:
    last = parts[-1] if parts else None
    if isinstance(last, str):
        parts[-1] = last + text
    elif text:
        parts.append(text)


def _part(found: re.Match[str]) -> Part | None:
    """What stands in these braces; None for the rules of a style sheet."""
    name, detail = found[1].strip(), found[2]
    word = name.lower()
    if detail is None:
        if word in _CLIPBOARD:
            return Clipboard(name)
        if word in _CURSOR:
            return Cursor(name)
        return Send(name) if word in _SEND else Slot(name)
    if _STYLE.search(detail):
        return None
    if word in _PHRASE and detail.strip():
        return Other(detail.strip(), name)
    moment = dates.read(name, detail)
    if moment is not None:
        return moment
    said = _choices(detail)
    if len(said) == 1:
        return Slot(name, said[0])
    said = [choice.strip() for choice in said]
    return Slot(name, said[0], tuple(said))


def _choices(detail: str) -> list[str]:
    """What single bars part; a doubled bar is a bar."""
    said, at = [""], 0
    for bar in _BARS.finditer(detail):
        said[-1] += detail[at : bar.start()]
        at = bar.end()
        if len(bar[0]) == 2:
            said[-1] += bar[0][0]
        else:
            said.append("")
    said[-1] += detail[at:]
    return said


def _written(part: Part) -> str:
    if isinstance(part, str):
        return literal(part)
    if isinstance(part, Moment):
        return f"{{{dates.write(part)}}}"
    if isinstance(part, Other):
        return f"{{{part.word}:{part.name}}}"
    if not isinstance(part, Slot):
        return f"{{{part.word}}}"
    said = [_barred(choice) for choice in part.choices or (part.default,)]
    # A bar that parts stands apart from one that is meant.
    detail = said[0] + "".join("|" + (" " if s[:1] in ("", "|") else "") + s for s in said[1:])
    return f"{{{part.name}:{detail}}}" if detail else gap(part.name)


def _barred(text: str) -> str:
    return text.replace("|", "||").replace("\uff5c", "\uff5c\uff5c")
