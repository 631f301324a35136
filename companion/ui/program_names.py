"""What people call programs: 微信 for weixin; a program nobody knows goes by its short name."""

from collections.abc import Iterable

from companion.phrases.rules import short_name
from companion.ui.words import Words

KNOWN = (
    *("weixin", "wechat", "wechatappex", "wxwork", "aliworkbench", "aliim", "dongdong"),
    *("qq", "qqnt", "tim", "dingtalk", "feishu", "lark", "teams", "ms-teams", "slack", "telegram"),
    *("chrome", "google-chrome", "chromium", "msedge", "microsoft-edge", "firefox", "navigator"),
    *("qqbrowser", "360se", "360chrome"),
)
"""The short names of those that have a name in the catalogues."""
_MOST = 3


def name_of(program: str, words: Words) -> str:
    """What a program is called."""
    return words.say(f"program.{program}") if program in KNOWN else program


def told(program: str, words: Words) -> str:
    """What it is called, and its short name where that is another."""
    name = name_of(program, words)
    if name.casefold() == program:
        return name
    return words.say("program.told", name=name, program=program)


def named(typed: str, words: Words) -> tuple[str, ...]:
    """The programs that somebody means who types this: several may go by one name."""
    wish = short_name(typed)
    same = tuple(program for program in KNOWN if name_of(program, words).casefold() == wish)
    return same or ((wish,) if wish else ())


def listed(programs: Iterable[str], words: Words) -> str:
    """The names of programs in a row, the first three of many."""
    names = list(dict.fromkeys(name_of(program, words) for program in programs))
    row = words.say("list.between").join(names[:_MOST])
    if len(names) <= _MOST:
        return row
    return words.say("program.more", names=row, count=len(names))
