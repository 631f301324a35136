"""How text goes into each program: the table, and who has the last word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.ports import Content, Obstacle, PasteKeys, Target
from companion.desk.recording import RecordingDesk
from companion.phrases import agent_rules, rules
from companion.phrases.message import Message
from companion.phrases.rules import MOST_MS, Change, Rule
from companion.profile.profile import Profile
from companion.profile.records import Program, new_id
from tests.phrases.driving import insert

FIELDS = ("keys", "rich", "pictures", "lines", "before", "after", "itself")


@pytest.mark.parametrize(
    ("program", "keys"),
    [
        ("xterm", PasteKeys.SHIFT_INSERT),
        ("putty", PasteKeys.SHIFT_INSERT),
        ("PuTTY.exe", PasteKeys.SHIFT_INSERT),
        ("konsole", PasteKeys.CTRL_SHIFT_V),
        ("gnome-terminal-server", PasteKeys.CTRL_SHIFT_V),
        ("WindowsTerminal", PasteKeys.CTRL_SHIFT_V),
        ("cmd", PasteKeys.CTRL_V),
        ("mstsc", PasteKeys.CTRL_V),
        ("weixin", PasteKeys.CTRL_V),
        ("chat", PasteKeys.CTRL_V),
        ("", PasteKeys.CTRL_V),
    ],
)
def test_each_program_is_given_its_own_keys(program: str, keys: PasteKeys) -> None:
    target = Target(9, program, "")
    desk = RecordingDesk(target)
    assert rules.rule(program).keys is keys
    assert insert(desk, target=target).inserted
    assert f"paste {keys.value}" in desk.acts


@pytest.mark.parametrize("program", ["xterm", "alacritty", "cmd", "powershell", "mintty"])
@pytest.mark.parametrize("text", ["两\n行", "一行\r", "x\x1b[201~y"])
def test_a_terminal_that_may_run_lines_gets_none(program: str, text: str) -> None:
    target = Target(9, program, "")
    desk = RecordingDesk(target)
    assert insert(desk, None, target, Message(Content(text))).obstacle is Obstacle.LINES_RUN
    assert desk.clipboard == Content(text)


@pytest.mark.parametrize("program", ["weixin", "mstsc", "chromium", "konsole", "notepad"])
def test_other_programs_get_several_lines(program: str) -> None:
    target = Target(9, program, "")
    desk = RecordingDesk(target)
    assert insert(desk, None, target, Message(Content("两\n行"))).inserted


def test_the_table_is_in_short_names_and_every_wait_is_bearable() -> None:
    for name, rule in rules.TABLE.items():
        assert name == rules.short_name(name)
        assert 0 <= rule.before <= MOST_MS and 0 <= rule.after <= MOST_MS
        # What reads the clipboard before the keys must be given the time to carry it over.
        assert rule.itself or (rule.before >= 300 and rule.after >= 300)


def test_under_wine_another_process_asks_for_the_clipboard() -> None:
    assert rules.rule("weixin").itself
    assert not rules.rule("weixin.exe").itself
    assert not rules.rule("weixin.exe").rich


said = st.builds(
    Change,
    st.none() | st.sampled_from([keys.value for keys in PasteKeys]),
    *[st.none() | st.booleans()] * 3,
    *[st.none() | st.integers(0, MOST_MS)] * 2,
)
programs = st.sampled_from(["xterm", "weixin", "mstsc", "unheard of", "Notepad.EXE"])
phrases = st.builds(
    Program, id=st.just("p"), keys=st.sampled_from(["", "ctrl+shift+v"]), plain=st.booleans()
)


@given(programs, said, st.none() | phrases)
def test_the_phrase_comes_before_the_agent_and_the_agent_before_the_table(
    program: str, change: Change, own: Program | None
) -> None:
    found, table = rules.rule(program, change, own), rules.rule(program)
    for field in FIELDS:
        expected = getattr(table, field)
        if getattr(change, field, None) is not None:
            expected = getattr(change, field)
        if field == "keys" and own is not None and own.keys:
            expected = own.keys
        if field == "rich" and own is not None and own.plain:
            expected = False
        assert getattr(found, field) == (PasteKeys(expected) if field == "keys" else expected)


@given(programs, st.none() | phrases)
def test_whoever_says_nothing_changes_nothing(program: str, own: Program | None) -> None:
    assert rules.rule(program, Change(), own) == rules.rule(program, None, own)
    assert rules.by_default(program, own) == rules.rule(program, None, own)


def test_what_is_not_known_here_changes_nothing() -> None:
    assert rules.rule("chat", Change(keys="ctrl+alt+p", before=-5, after=99_999)) == Rule(
        before=0, after=MOST_MS
    )


@pytest.fixture
def profile() -> Profile:
    return Profile(new_id())


def test_the_agents_rule_is_kept_added_to_and_taken_back(profile: Profile) -> None:
    agent_rules.say(profile, "XTerm.exe", Change(lines=True))
    assert agent_rules.say(profile, "xterm", Change(before=20)) == Change(lines=True, before=20)
    assert agent_rules.said_in(profile) == {"xterm": Change(lines=True, before=20)}
    found = agent_rules.rule_in(profile, "xterm")
    assert (found.keys, found.lines, found.before) == (PasteKeys.SHIFT_INSERT, True, 20)
    own = Program(id="p", keys="ctrl+v")
    assert agent_rules.rule_in(profile, "xterm", own).keys is PasteKeys.CTRL_V
    assert agent_rules.unsay(profile, "xterm")
    assert agent_rules.rule_in(profile, "xterm") == rules.rule("xterm")
    assert not agent_rules.unsay(profile, "xterm")
    assert agent_rules.said_in(profile) == {}


def test_what_a_newer_version_has_said_is_left_as_it_is(profile: Profile) -> None:
    profile.set_option("program.chat", '{"keys":["ctrl","v"]}')
    profile.set_option("program.mail", '{"lines":false,"of_tomorrow":1}')
    assert agent_rules.rule_in(profile, "chat") == Rule()
    assert agent_rules.said_in(profile) == {"mail": Change(lines=False)}
