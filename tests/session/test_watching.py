"""What an agent wants watched, and what is hinted at."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.session.hinting import Hint, judge
from companion.session.prompting import hide, refuse
from companion.session.session import Session
from companion.session.watching import OPTIONS, Watch, keep_watch, programs_in, watch_of
from companion.settings import lines_of
from tests.app.stores import SlowServer, new_session

LATE = "都买了三天了还没发货,不要了,我要退货!"
NAMES = st.text("abz019-_. 微信", min_size=1).map(str.strip).filter(bool)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    with SlowServer() as server:
        return new_session(tmp_path / "home", server)


@given(st.lists(NAMES.filter(lambda name: not name.endswith(".exe")), unique=True))
def test_programs_are_read_as_they_were_written(names: list[str]) -> None:
    assert list(programs_in(lines_of(names))) == names


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", ()),
        ("\n", ()),
        ("WeChat.exe, 千牛；chrome\nchrome、qq", ("wechat", "千牛", "chrome", "qq")),
    ],
)
def test_what_somebody_wrote_by_hand_is_understood(said: str, found: tuple[str, ...]) -> None:
    assert programs_in(said) == found


def test_nothing_is_wanted_until_it_is_said_and_then_it_travels(session: Session) -> None:
    def kept() -> Watch:
        return watch_of(*map(session.option, OPTIONS))

    assert kept() == Watch(False, ())
    keep_watch(session, Watch(True, ("weixin", "chrome")))
    assert kept() == Watch(True, ("weixin", "chrome"))
    assert not session.profile.has_changes()
    records = session.profile.everything()
    keep_watch(session, Watch(True, ("weixin", "chrome")))
    assert session.profile.everything() == records


def test_a_message_is_judged_as_the_prompt_window_would(session: Session) -> None:
    found = judge(session, LATE)
    assert found is not None and (found.name, found.safety) == ("催发货", False)
    refuse(session.profile, "ship_urge")
    hide(session.profile, "ship_urge")
    other = judge(session, LATE)
    assert other is None or other.name != found.name
    assert judge(session, "好的，谢谢") is None
    assert judge(session, "") is None


def test_somebodys_safety_is_never_hidden(session: Session) -> None:
    hide(session.profile, "crisis")
    found = judge(session, "我不想活了")
    assert isinstance(found, Hint) and found.safety
