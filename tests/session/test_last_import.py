"""An import is planned, taken in and taken back as a whole; what was written since stays."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import NothingFound
from companion.formats.items import BookmarkItem, Parsed, PhraseItem
from companion.profile.profile import Profile
from companion.profile.records import new_id
from companion.profile.sealing import ProfileKey
from companion.session.exporting import export_bookmarks, export_phrases
from companion.session.importing import TakenBack, carry_out, take_back
from companion.session.last_import import Imports
from companion.session.planning import LONGEST, Choices, Fate, plan_bookmarks, plan_phrases
from tests.session.imports import import_phrases

CANARY = "金丝雀退款"
KEY = ProfileKey(bytes(range(32)))


@pytest.fixture
def profile() -> Profile:
    made = Profile(new_id())
    parent = made.add("set", title="售后")
    made.add("phrase", title="退款", body="旧的", abbr="tk", parent=parent, tags=("老",))
    return made


def file(*rows: tuple[str, str, str, str]) -> Parsed:
    return Parsed([PhraseItem(title, body, abbr, group) for group, title, abbr, body in rows])


def fates(profile: Profile, parsed: Parsed) -> list[Fate]:
    return [row.fate for row in plan_phrases(profile, parsed).rows]


def imports(folder: Path, profile: Profile) -> Imports:
    folder.mkdir(exist_ok=True)
    return Imports(folder, profile, KEY, lambda: None)


def test_every_entry_has_its_fate_before_anything_is_done(profile: Profile) -> None:
    parsed = file(
        ("售后", "退款", "tk", "旧的"),
        ("售后", "退款", "tk", "新的"),
        ("别处", "退款", "", "旧的"),
        ("别处", "换货", "hh", "可以换"),
        ("另一处", "换", "", "可以换"),
        ("别处", "换货", "hh", "可以换"),
        ("别处", "长", "", "长" * (LONGEST + 1)),
    )
    assert fates(profile, parsed) == [
        Fate.SAME,
        Fate.NEW,
        Fate.DUPLICATE,
        Fate.NEW,
        Fate.DUPLICATE,
        Fate.SAME,
        Fate.TOO_LONG,
    ]
    assert fates(profile, file(("售后", "退款", "tk", "新的"))) == [Fate.CHANGED]
    assert len(profile.phrases()) == 1


def test_the_agent_decides_on_duplicates_changes_and_the_place(profile: Profile) -> None:
    parsed = file(("售后", "退款", "tk", "新的"), ("甲", "一", "", "旧的"), ("甲", "二", "", "二"))
    plan = plan_phrases(profile, parsed, Choices(doubles=False, changes=False))
    assert [row.item.title for row in plan.taken] == ["二"]
    assert plan.places == {("甲",): 1}
    into = plan_phrases(profile, parsed, Choices("我的"))
    assert into.places == {("我的",): 3}
    carry_out(profile, plan)
    assert [item.body for item in export_phrases(profile)] == ["旧的", "二"]


def test_a_plan_and_a_reading_can_be_stopped(profile: Profile) -> None:
    many = Parsed([PhraseItem(str(n), f"内容{n}") for n in range(2_500)])
    said: list[tuple[int, int]] = []
    plan_phrases(profile, many, watch=lambda done, of: said.append((done, of)))
    assert said == [(0, 2_500), (1_000, 2_500), (2_000, 2_500)]


def test_taking_back_leaves_what_was_there_before(profile: Profile) -> None:
    before = export_phrases(profile)
    sets = [held.title for held in profile.sets()]
    plan = plan_phrases(
        profile, file(("售后", "退款", "tk", "新的"), ("新组", "一", "", "1"), ("", "二", "", "2"))
    )
    done = carry_out(profile, plan)
    assert len(export_phrases(profile)) == 3
    assert take_back(profile, done) == TakenBack(undone=3, kept=0)
    assert export_phrases(profile) == before
    assert [held.title for held in profile.sets()] == sets


def test_what_was_written_since_stays(profile: Profile) -> None:
    plan = plan_phrases(
        profile,
        file(("售后", "退款", "tk", "新的"), ("新组", "一", "", "1"), ("新组", "二", "", "2")),
    )
    done = carry_out(profile, plan)
    ids = {phrase.title: phrase.id for phrase in profile.phrases()}
    profile.change(ids["一"], body="自己写的")
    profile.change(ids["退款"], body="又改了")
    assert take_back(profile, done) == TakenBack(undone=1, kept=2)
    assert [(i.set, i.body) for i in export_phrases(profile)] == [
        ("售后", "又改了"),
        ("新组", "自己写的"),
    ]


def test_a_set_into_which_something_was_put_stays(profile: Profile) -> None:
    done = carry_out(profile, plan_phrases(profile, file(("新组", "一", "", "1"))))
    (made,) = [held.id for held in profile.sets() if held.title == "新组"]
    profile.add("phrase", title="我的", body="我的", parent=made)
    take_back(profile, done)
    assert [(i.set, i.title) for i in export_phrases(profile)] == [
        ("售后", "退款"),
        ("新组", "我的"),
    ]


def test_bookmarks_are_taken_back_with_their_folders(profile: Profile) -> None:
    carry_out(
        profile, plan_bookmarks(profile, Parsed(bookmarks=[BookmarkItem("旧", "https://a/")]))
    )
    before = export_bookmarks(profile)
    marks = [BookmarkItem("新", "https://a/"), BookmarkItem("三", "https://c/", ("甲", "乙"))]
    plan = plan_bookmarks(profile, Parsed(bookmarks=marks, folders=[("空",)]))
    done = carry_out(profile, plan)
    assert len(profile.folders()) == 3
    assert take_back(profile, done).kept == 0
    assert export_bookmarks(profile) == before
    assert not profile.folders()


def test_a_double_address_is_told_apart_from_the_same(profile: Profile) -> None:
    marks = [BookmarkItem("一", "https://a/"), BookmarkItem("一", "https://a/", ("甲",))]
    plan = plan_bookmarks(profile, Parsed(bookmarks=[*marks, marks[0]]))
    assert [row.fate for row in plan.rows] == [Fate.NEW, Fate.DUPLICATE, Fate.SAME]


def test_the_last_import_is_known_after_a_restart_and_sealed(
    profile: Profile, tmp_path: Path
) -> None:
    here = imports(tmp_path / "sealed", profile)
    plan = plan_phrases(profile, file(("售后", "退款", "tk", CANARY), ("新", "一", "", CANARY)))
    report = here.bring(plan, "phrases", "话术.csv")
    assert (report.added, report.updated) == (1, 1)
    (note,) = [path for path in (tmp_path / "sealed").rglob("*") if path.is_file()]
    assert CANARY.encode() not in note.read_bytes()
    again = imports(tmp_path / "sealed", profile)
    last = again.last("phrases")
    assert last is not None
    assert last.name == "话术.csv"
    assert again.last("bookmarks") is None
    assert again.take_back("phrases") == TakenBack(undone=2, kept=0)
    assert [item.body for item in export_phrases(profile)] == ["旧的"]
    with pytest.raises(NothingFound):
        again.take_back("phrases")


def test_an_import_that_was_cut_off_before_its_note_gives_no_other_back(
    profile: Profile, tmp_path: Path
) -> None:
    here = imports(tmp_path / "s", profile)
    here.bring(plan_phrases(profile, file(("", "一", "", "1"))), "phrases", "a")
    same = plan_phrases(profile, file(("", "一", "", "1")))
    here.bring(same, "phrases", "nothing new")
    last = here.last("phrases")
    assert last is not None
    assert last.name == "a"

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Imports(tmp_path / "s", profile, KEY, killed).bring(
            plan_phrases(profile, file(("", "二", "", "2"))), "phrases", "b"
        )
    assert here.last("phrases") is None


def test_a_note_of_another_profile_or_a_broken_one_is_no_note(
    profile: Profile, tmp_path: Path
) -> None:
    imports(tmp_path / "s", profile).bring(
        plan_phrases(profile, file(("", "一", "", "1"))), "phrases", "a"
    )
    assert imports(tmp_path / "s", Profile(new_id())).last("phrases") is None
    (note,) = [path for path in (tmp_path / "s").rglob("*") if path.is_file()]
    note.write_bytes(note.read_bytes()[:-3])
    assert imports(tmp_path / "s", profile).last("phrases") is None


TEXTS = st.sampled_from(["", "甲", "乙", "丙"])


@given(
    here=st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=6),
    new=st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=6),
)
def test_taking_back_is_the_inverse_of_any_import(
    here: list[tuple[str, str, str, str]], new: list[tuple[str, str, str, str]]
) -> None:
    profile = Profile(new_id())
    import_phrases(profile, file(*here))
    before = export_phrases(profile), [held.title for held in profile.sets()]
    done = carry_out(profile, plan_phrases(profile, file(*new)))
    assert take_back(profile, done).kept == 0
    assert (export_phrases(profile), [held.title for held in profile.sets()]) == before
