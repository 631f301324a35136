"""What espanso's replacements say in our bodies, and our bodies in its replacements."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.formats import dates
from companion.formats.bodies import Body
from companion.formats.yaml_entries import Bare, Value, mappings, texts
from companion.profile import template
from companion.profile.template_dates import Moment

Variables = Mapping[str, Value]
"""The variables a text may name: what the file says of each."""

_MOST_DEEP = 8
_VARIABLE = r"\{\{\s*(?P<name>\w+)(?:\.(?P<part>\w+))?\s*\}\}"
_FIELD = r"\[\[\s*(?P<field>\w+)(?:\.\w+)?\s*\]\]"
_PLAIN = re.compile(rf"{_VARIABLE}|(?P<cursor>\$\|\$)|(?P<brace>\\\{{\\\{{|\\\}}\\\}})")
_FORM = re.compile(
    rf"{_VARIABLE}|{_FIELD}|(?P<cursor>\$\|\$)|(?P<brace>\\\{{\\\{{|\\\}}\\\}}|\\[{{}}])"
)
_NAMED_VARIABLE = re.compile(_VARIABLE)
_GROUP = re.compile(r"\(\?P?<(\w+)>")
# What espanso takes for its own even where it only stands in a text.
_UNSAYABLE = ("$|$", "\\{\\{", "\\}\\}")


def read(text: str, variables: Variables, fields: Value = None, *, form: bool = False) -> Body:
    """A replacement, or the layout of a form with its fields, as a body of ours."""
    body = Body(text)
    asked = fields if form and isinstance(fields, dict) else {}
    _fill(body, text, variables, 0, asked if form else None)
    return body


def from_pattern(pattern: str) -> Variables:
    """What a regular expression's named groups would catch, as variables to be filled in."""
    return {name: {"type": "group"} for name in _GROUP.findall(pattern)}


@dataclass
class Said:
    """A body as a match says it: its keys, and whether that is all of it."""

    keys: dict[str, Value] = field(default_factory=dict)
    whole: bool = True


def write(body: str, triggers: Mapping[str, str]) -> Said:
    """A body of ours as espanso would fill it in; ``triggers`` are those of titles and codes."""
    return _Writing(triggers).said(template.parse(body))


def _fill(body: Body, text: str, variables: Variables, depth: int, fields: Value) -> None:
    """Adds what a text says; ``fields`` is None where it is no form."""
    at, form = 0, fields is not None
    for found in (_FORM if form else _PLAIN).finditer(text):
        body.say(text[at : found.start()])
        at = found.end()
        named = found.groupdict()
        if named["cursor"]:
            body.cursor()
        elif named["brace"]:
            body.say(named["brace"].replace("\\", ""))
        elif named.get("field"):
            _field(body, named["field"], fields)
        elif form and named["name"] not in variables and (fields or "[[" not in text):
            # Up to version 2.1 a form's fields stood in braces.
            _field(body, named["name"], fields)
        else:
            _variable(body, found, variables, depth)
    body.say(text[at:])


def _variable(body: Body, found: re.Match[str], variables: Variables, depth: int) -> None:
    name = found["name"]
    said = variables.get(name)
    kind = said.get("type", "") if isinstance(said, dict) else ""
    params = said.get("params") if isinstance(said, dict) else None
    params = params if isinstance(params, dict) else {}
    whole = found[0]
    if depth > _MOST_DEEP or body.is_full:
        body.keep(whole)
    elif kind == "clipboard":
        body.clipboard()
    elif kind == "echo" and isinstance(params.get("echo"), str):
        _fill(body, params["echo"], variables, depth + 1, None)
    elif kind == "date":
        _date(body, params, whole)
    elif kind in ("choice", "random"):
        _choice(body, name, params.get("values" if kind == "choice" else "choices"), whole)
        if kind == "random":
            body.tell("random_now_asked")
    elif kind == "form" and found["part"]:
        fields = params.get("fields")
        _field(body, found["part"], fields if isinstance(fields, dict) else {})
    elif kind == "match" and isinstance(params.get("trigger"), str):
        body.other(params["trigger"], whole)
    elif kind == "group":
        if not body.slot(name):
            body.keep(whole)
    else:
        scripts = ("shell", "script")
        body.keep(whole, "script_kept_as_text" if kind in scripts else "variable_kept_as_text")


def _date(body: Body, params: dict[str, Value], whole: str) -> None:
    offset = str(params.get("offset", "0"))
    shift = dates.offset_of(int(offset)) if re.fullmatch(r"[+-]?\d{1,12}", offset) else None
    locale = params.get("locale")
    format = params.get("format")
    if shift is None or not isinstance(format, str):
        body.keep(whole)
        return
    if isinstance(locale, str) and locale:
        body.english = not locale.lower().startswith(("zh", "cmn"))
    elif not dates.is_english(format):
        body.english = False
    body.date(format, whole, *shift)


def _choice(body: Body, name: str, values: Value, whole: str) -> None:
    if isinstance(values, str):
        offered = [line.strip() for line in values.splitlines() if line.strip()]
    else:
        ids = [one.get("id", "") for one in mappings(values)]
        offered = texts(values) or [one for one in ids if isinstance(one, str)]
    if not offered or not body.slot(name, "", tuple(offered)):
        body.keep(whole)


def _field(body: Body, name: str, fields: Value) -> None:
    known = fields.get(name)
    known = known if isinstance(known, dict) else {}
    default = known.get("default")
    default = default if isinstance(default, str) else ""
    values = known.get("values")
    lines = values.splitlines() if isinstance(values, str) else texts(values)
    offered = [line.strip() for line in lines if line.strip()]
    if default in offered:
        # Ours begins with the first of them.
        offered = [default, *(one for one in offered if one != default)]
    if not body.slot(name, default, tuple(offered)):
        body.keep(f"[[{name}]]")


class _Writing:
    """One body on its way into a match."""

    def __init__(self, triggers: Mapping[str, str]) -> None:
        self._triggers = triggers
        self._vars: list[dict[str, Value]] = []
        self._fields: dict[str, dict[str, Value]] = {}
        self._names: dict[str, str] = {}
        self._whole = True

    def said(self, parts: list[template.Part]) -> Said:
        text = [part for part in parts if isinstance(part, str)]
        layout = "".join(self._part(part, form=True) for part in parts)
        only_asks = self._fields and not self._vars
        if only_asks and not any("[[" in one or "\\" in one for one in text):
            keys: dict[str, Value] = {"form": layout}
            shaped = {name: said for name, said in self._fields.items() if said}
            return Said(keys | ({"form_fields": shaped} if shaped else {}), self._whole)
        self._vars.clear()
        keys = {"replace": "".join(self._part(part, form=False) for part in parts)}
        if self._fields:
            asked: dict[str, Value] = {"layout": "\n".join(f"[[{name}]]" for name in self._fields)}
            shaped = {name: said for name, said in self._fields.items() if said}
            if shaped:
                asked["fields"] = shaped
            self._vars.append({"name": "form1", "type": "form", "params": asked})
        return Said(keys | ({"vars": self._vars} if self._vars else {}), self._whole)

    def _part(self, part: template.Part, *, form: bool) -> str:
        if isinstance(part, str):
            return self._text(part)
        if isinstance(part, template.Slot):
            name = self._field(part)
            return f"[[{name}]]" if form else f"{{{{form1.{name}}}}}"
        if isinstance(part, template.Cursor):
            return "$|$"
        if isinstance(part, template.Clipboard):
            return self._variable("clipboard", {})
        if isinstance(part, template.Other) and part.name in self._triggers:
            return self._variable("match", {"trigger": self._triggers[part.name]})
        if isinstance(part, Moment):
            seconds = dates.seconds_of(part)
            if seconds is not None:
                params: dict[str, Value] = {"format": dates.format_of(part)}
                if seconds:
                    params["offset"] = Bare(seconds)
                params["locale"] = "en-US" if part.english else "zh-CN"
                return self._variable("date", params)
        self._whole = False
        return self._text(template.render([part]))

    def _text(self, text: str) -> str:
        if any(sign in text for sign in _UNSAYABLE):
            self._whole = False
        return _NAMED_VARIABLE.sub(
            lambda found: found[0].replace("{{", "\\{\\{").replace("}}", "\\}\\}"), text
        )

    def _field(self, slot: template.Slot) -> str:
        if slot.name not in self._names:
            near = re.sub(r"\W+", "_", slot.name)
            name, number = near, 2
            while name in self._fields:
                name, number = f"{near}_{number}", number + 1
            self._names[slot.name] = name
            said: dict[str, Value] = {}
            if slot.choices:
                said = {"type": "choice", "values": list(slot.choices)}
            if slot.default:
                said["default"] = slot.default
            self._fields[name] = said
        return self._names[slot.name]

    def _variable(self, kind: str, params: dict[str, Value]) -> str:
        for held in self._vars:
            if held["type"] == kind and held.get("params", {}) == params:
                return f"{{{{{held['name']}}}}}"
        count = sum(held["type"] == kind for held in self._vars) + 1
        name = kind if count == 1 else f"{kind}{count}"
        held = {"name": name, "type": kind}
        if params:
            held["params"] = params
        self._vars.append(held)
        return f"{{{{{name}}}}}"
