"""How text goes into each program: a table of defaults, and what the agent and the phrase say.

The phrase's own word for a program (records.Program) counts most, then the agent's for that
program, then the table, then what most programs do. docs/adr/0010 has the reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import msgspec

from companion.desk.ports import CopyKeys, PasteKeys
from companion.profile.records import Program

_WINE = ".exe"
MOST_MS = 5_000
"""The longest wait a rule may ask for: a longer one would be taken for a hang."""


@dataclass(frozen=True)
class Rule:
    """How one program takes a text.

    ``rich`` and ``pictures`` say whether HTML and pictures are offered to it. Without ``lines``
    nothing with a line break is pasted there, because each break may act as Enter. ``before`` is
    how long it needs after it got the focus, ``after`` how long a text must stay on the clipboard
    once it was fetched; both in milliseconds. Where not the program ``itself`` but another one
    asks for the text (it carries it to another PC, say), that may happen at any time. ``copy`` is
    how what is selected in it is copied, None where no key does so.
    """

    keys: PasteKeys = PasteKeys.CTRL_V
    rich: bool = True
    pictures: bool = True
    lines: bool = True
    before: int = 0
    after: int = 0
    itself: bool = True
    copy: CopyKeys | None = CopyKeys.CTRL_C


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the agent says of a program; None where the table's word stands."""

    keys: str | None = None
    rich: bool | None = None
    pictures: bool | None = None
    lines: bool | None = None
    before: int | None = None
    after: int | None = None


_BESIDE = {
    PasteKeys.CTRL_V: CopyKeys.CTRL_C,
    PasteKeys.SHIFT_INSERT: CopyKeys.CTRL_INSERT,
    PasteKeys.CTRL_SHIFT_V: CopyKeys.CTRL_SHIFT_C,
}


def _terminal(keys: PasteKeys, copy: CopyKeys | None, lines: bool = False) -> Rule:
    return Rule(keys, rich=False, pictures=False, lines=lines, copy=copy)


# Shift+Insert is the only key that every X terminal has; xterm takes PRIMARY by it, so both
# selections are offered. No terminal tells whether what runs in it takes a paste as one.
# What is selected in these no key copies: all of them go to what runs there.
_X_TERMINAL = _terminal(PasteKeys.SHIFT_INSERT, None)
_PUTTY = _terminal(PasteKeys.SHIFT_INSERT, CopyKeys.CTRL_INSERT)
_TERMINAL = _terminal(PasteKeys.CTRL_SHIFT_V, CopyKeys.CTRL_SHIFT_C)
# GNOME's library for terminals keeps Ctrl+Insert to itself, whatever each program has besides.
_VTE = _terminal(PasteKeys.CTRL_SHIFT_V, CopyKeys.CTRL_INSERT)
# Konsole and its kin hand Ctrl+Shift+C on where nothing is selected, and it ends what runs there.
_QT_TERMINAL = _terminal(PasteKeys.CTRL_SHIFT_V, None)
# These ask before they paste several lines, so the agent decides there.
_KONSOLE = _terminal(PasteKeys.CTRL_SHIFT_V, None, lines=True)
_KITTY = _terminal(PasteKeys.CTRL_SHIFT_V, CopyKeys.CTRL_SHIFT_C, lines=True)
_ASKING_TERMINAL = _terminal(PasteKeys.CTRL_SHIFT_V, CopyKeys.CTRL_INSERT, lines=True)
# In Windows' own, Ctrl+C ends what runs there where nothing is selected, with Shift or without.
_CONSOLE = _terminal(PasteKeys.CTRL_V, CopyKeys.CTRL_INSERT)
# The clipboard has to reach the other PC before the keys do, and is fetched across a network.
_REMOTE = Rule(before=400, after=1_500, itself=False)
# What customers get is plain there in any case; HTML would only bring foreign fonts into the box.
_PLAIN_CHAT = Rule(rich=False, before=30)
_RICH_CHAT = Rule(before=30)

TABLE: Mapping[str, Rule] = {
    name: rule
    for names, rule in (
        ("xterm uxterm urxvt rxvt urxvtd st st-256color", _X_TERMINAL),
        ("putty pterm mintty", _PUTTY),
        ("gnome-terminal-server gnome-terminal org.gnome.terminal kgx mate-terminal", _VTE),
        ("lxterminal terminator tilix ptyxis guake", _VTE),
        ("terminology alacritty wezterm-gui org.wezfurlong.wezterm", _TERMINAL),
        ("deepin-terminal qterminal", _QT_TERMINAL),
        ("konsole yakuake", _KONSOLE),
        ("kitty", _KITTY),
        ("xfce4-terminal windowsterminal", _ASKING_TERMINAL),
        ("conhost openconsole cmd powershell pwsh", _CONSOLE),
        ("mstsc msrdc remmina org.remmina.remmina xfreerdp wlfreerdp rdesktop krdc", _REMOTE),
        ("vmware vmplayer vmware-view virtualboxvm virt-viewer vncviewer", _REMOTE),
        ("wfica wfica32 cdviewer wfcrun32", _REMOTE),
        ("todesk sunloginclient sunlogin awesun anydesk teamviewer rustdesk", _REMOTE),
        ("weixin wechat wechatappex wxwork qq tim qqnt aliworkbench aliim dongdong", _PLAIN_CHAT),
        ("dingtalk feishu lark teams ms-teams slack telegram", _RICH_CHAT),
    )
    for name in names.split()
}


def rule(program: str, said: Change | None = None, own: Program | None = None) -> Rule:
    """How text goes into a program: what the agent said, and what the phrase says itself."""
    found = TABLE.get(short_name(program), Rule())
    if program.casefold().endswith(_WINE):
        # Wine has one process for every window's clipboard.
        found = replace(found, itself=False)
    if said is not None:
        found = _changed(found, said)
    if own is not None:
        found = _changed(found, Change(keys=own.keys or None, rich=False if own.plain else None))
    return found


def by_default(program: str, own: Program | None) -> Rule:
    """The rule where the agent has said nothing."""
    return rule(program, own=own)


def short_name(program: str) -> str:
    """A program's name as the table has it; under Wine the ending is part of what X11 says."""
    return program.strip().casefold().removesuffix(_WINE)


def _changed(rule: Rule, change: Change) -> Rule:
    keys = [known for known in PasteKeys if known.value == change.keys]
    given = {
        field.name: value
        for field in fields(rule)
        if field.name != "keys" and (value := getattr(change, field.name, None)) is not None
    }
    for name in given.keys() & {"before", "after"}:
        given[name] = min(max(given[name], 0), MOST_MS)
    if keys:
        given |= {"keys": keys[0]}
        # Whoever pastes by other keys copies by those beside them. But a terminal stays one: by
        # Ctrl+C it would end what runs in it.
        if rule.copy is CopyKeys.CTRL_C:
            given |= {"copy": _BESIDE[keys[0]]}
    return replace(rule, **given)
