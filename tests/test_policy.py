"""companion.toml: what it may say, and what becomes of one that cannot be understood."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import InputInvalid
from companion.policy import STRICTEST, Policy, read_policy
from companion.seat_errors import PolicyBroken


def policy_of(folder: Path, text: str | bytes) -> Policy:
    file = folder / "companion.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_policy(file)


def test_without_a_file_everything_is_the_agents_own_choice(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "companion.toml") == Policy()
    (tmp_path / "a file").touch()
    assert read_policy(tmp_path / "a file/companion.toml") == Policy()


def test_what_it_says_holds(tmp_path: Path) -> None:
    said = policy_of(
        tmp_path,
        '\ufeffstore = "//server/companion/{agent}"\nidle_minutes = 5\nshift_end = "18:30"\n'
        'language = "zh"\nremember = false\nbrowsers = false\ncards = "//server/cards"\n',
    )
    assert said == Policy(
        store="//server/companion/{agent}",
        cards="//server/cards",
        language="zh",
        idle_minutes=5,
        shift_end="18:30",
        remember=False,
        browsers=False,
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("idle_minutes = 5\nremember = flase", "line 2"),
        ("remeber = false", "remeber"),
        ("remember = 'no'", "remember"),
        ("idle_minutes = true", "idle_minutes"),
        ("idle_minutes = -1", "idle_minutes"),
        ("idle_minutes = 100000", "idle_minutes"),
        ("shift_end = '25:00'", "shift_end"),
        ("shift_end = '9:00'", "shift_end"),
        ("language = 'fr'", "language"),
        (b"store = '\xff'", "UnicodeDecodeError"),
        ("x = " + "[" * 5000, "RecursionError"),
        ("idle_minutes = " + "9" * 5000, "ValueError"),
        (b"#" * 70_000, "> 65536 B"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_its_name(
    tmp_path: Path, text: str | bytes, name: str
) -> None:
    with pytest.raises(PolicyBroken) as broken:
        policy_of(tmp_path, text)
    assert broken.value.facts == {"place": str(tmp_path / "companion.toml"), "name": name}


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_stands_there_is_a_policy_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    try:
        assert isinstance(policy_of(tmp_path_factory.getbasetemp(), data), Policy)
    except PolicyBroken as error:
        assert error.facts["name"]


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "companion.toml").mkdir()
    with pytest.raises(PolicyBroken):
        read_policy(tmp_path / "companion.toml")


def test_the_strictest_forbids_all_that_a_policy_can() -> None:
    may = [name for name, kind in Policy.__annotations__.items() if kind in (bool, "bool")]
    allowed = [name for name in may if getattr(STRICTEST, name)]
    assert allowed == []
    assert {"remember", "input_methods", "browsers"} < set(may)


def test_the_agents_name_stands_in_the_address() -> None:
    said = Policy(store="webdavs://{agent}@cloud.test/files/{agent}/Companion")
    assert said.store_of("林 小雨") == "webdavs://林 小雨@cloud.test/files/林 小雨/Companion"
    assert Policy().store_of("林") == ""
    assert Policy(store="folder:///srv/companion").store_of("") == "folder:///srv/companion"


@pytest.mark.parametrize(
    "name",
    ["", "..", ".lin", "a/b", "a\\b", "C:", "x\n", "x\0", " lin", "lin.", "a*",
     "lin／..／wang", "a＼b", "a：b", "．．", "%2e%2e", "lin%2Fwang", "lin#", "con", "NUL.txt",
     "\u3000lin"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(InputInvalid):
        Policy(store="folder:///srv/{agent}").store_of(name)
