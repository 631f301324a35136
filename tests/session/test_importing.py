"""Importing and exporting: nothing doubled, nothing lost, thousands in a moment."""

import time

import pytest

from companion.formats.items import BookmarkItem, Parsed, PhraseItem, Problem
from companion.profile.profile import Profile
from companion.profile.records import Phrase
from companion.session.exporting import export_bookmarks, export_phrases
from companion.session.importing import ImportReport, report_of
from companion.session.planning import plan_phrases
from tests.session.imports import import_bookmarks, import_phrases


@pytest.fixture
def profile() -> Profile:
    return Profile("p" * 22)


def phrases(*rows: tuple[str, str, str, str]) -> Parsed:
    """Rows of set, title, abbreviation, body."""
    return Parsed([PhraseItem(title, body, abbr, group) for group, title, abbr, body in rows])


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.added, report.updated, report.skipped


def test_a_file_taken_twice_adds_nothing_the_second_time(profile: Profile) -> None:
    file = phrases(("售后", "退款", "tk", "马上退"), ("", "你好", "", "您好"))
    assert counts(import_phrases(profile, file)) == (2, 0, 0)
    assert counts(import_phrases(profile, file)) == (0, 0, 2)
    assert [(i.set, i.title, i.body) for i in export_phrases(profile)] == [
        ("", "你好", "您好"),
        ("售后", "退款", "马上退"),
    ]


def test_a_new_body_keeps_the_old_one_in_the_history(profile: Profile) -> None:
    import_phrases(profile, phrases(("售后", "退款", "tk", "旧")))
    assert counts(import_phrases(profile, phrases(("售后", "退款", "tk", "新")))) == (0, 1, 0)
    (phrase,) = profile.phrases()
    assert phrase.body == "新"
    assert profile.history(phrase.id, "body") == ["旧"]


def test_another_set_or_abbreviation_is_another_phrase(profile: Profile) -> None:
    import_phrases(profile, phrases(("甲", "退款", "tk", "一")))
    more = phrases(("乙", "退款", "tk", "二"), ("甲", "退款", "t2", "三"))
    assert counts(import_phrases(profile, more)) == (2, 0, 0)
    assert {phrase.body for phrase in profile.phrases()} == {"一", "二", "三"}


def test_namesakes_of_one_file_do_not_write_over_each_other(profile: Profile) -> None:
    file = phrases(*(("", "你好", "", body) for body in ("早", "午", "晚", "早")))
    assert counts(import_phrases(profile, file)) == (3, 0, 1)
    again = phrases(*(("", "你好", "", body) for body in ("早", "夜", "晚")))
    assert counts(import_phrases(profile, again)) == (0, 1, 2)
    assert sorted(phrase.body for phrase in profile.phrases()) == sorted(["早", "夜", "晚"])


def test_two_new_bodies_change_two_phrases(profile: Profile) -> None:
    import_phrases(profile, phrases(("", "你好", "", "早"), ("", "你好", "", "晚")))
    file = phrases(*(("", "你好", "", body) for body in ("一", "二", "三")))
    assert counts(import_phrases(profile, file)) == (1, 2, 0)
    assert [phrase.body for phrase in profile.phrases()] == ["一", "二", "三"]


def test_into_puts_all_into_one_set_that_is_found_by_its_title(profile: Profile) -> None:
    made = profile.add("set", title="我的")
    import_phrases(profile, phrases(("甲", "一", "", "1"), ("", "二", "", "2")), into="我的")
    assert {phrase.parent for phrase in profile.phrases()} == {made}
    assert len(profile.sets()) == 1


def test_a_plan_says_the_same_and_changes_nothing(profile: Profile) -> None:
    import_phrases(profile, phrases(("甲", "一", "", "1"), ("甲", "二", "", "2")))
    before = profile.everything()
    file = phrases(("甲", "一", "", "1"), ("甲", "二", "", "新"), ("丙", "三", "", "3"))
    dry = report_of(plan_phrases(profile, file))
    assert profile.everything() == before
    assert counts(dry) == counts(import_phrases(profile, file)) == (1, 1, 1)


def test_what_the_reader_could_not_carry_over_is_in_the_report(profile: Profile) -> None:
    problem = Problem("was_disabled", "退款", 3)
    assert import_phrases(profile, Parsed(problems=[problem])).problems == [problem]


def test_listeners_hear_of_one_import_once(profile: Profile) -> None:
    heard: list[frozenset[str]] = []
    profile.listen(heard.append)
    import_phrases(profile, phrases(("甲", "一", "", "1"), ("乙", "二", "", "2")))
    assert [len(ids) for ids in heard] == [4]


def test_thousands_are_quick_and_keep_their_order(profile: Profile) -> None:
    rows = [(f"组{n % 40}", f"标题{n}", f"a{n}", f"内容{n}") for n in range(5000)]
    began = time.perf_counter()
    import_phrases(profile, phrases(*rows))
    import_phrases(profile, phrases(*((g, t, a, b + "!") for g, t, a, b in rows)))
    assert time.perf_counter() - began < 5
    assert len(profile.phrases()) == 5000
    first = [item.title for item in export_phrases(profile) if item.set == "组0"]
    assert first == [f"标题{n}" for n in range(0, 5000, 40)]


def test_exported_and_imported_elsewhere_it_is_the_same(profile: Profile) -> None:
    items = [
        PhraseItem("无组", "甲"),
        PhraseItem("退款", "好的,{称呼}", "tk", "售后", ("常用",)),
        PhraseItem("换货", "{{原样}}", "", "售后"),
        PhraseItem("你好", "您好", "", "开头"),
    ]
    import_phrases(profile, Parsed(items))
    assert export_phrases(profile) == items


def test_bookmarks_find_their_folders_by_path(profile: Profile) -> None:
    items = [
        BookmarkItem("根", "https://root.example"),
        BookmarkItem("甲", "https://a.example", ("工作", "后台"), ("常用",), 17),
        BookmarkItem("乙", "https://b.example", ("私人", "后台")),
    ]
    folders = [("工作",), ("工作", "后台"), ("私人",), ("私人", "后台"), ("空",)]
    report = import_bookmarks(profile, Parsed(bookmarks=items, folders=folders))
    assert counts(report) == (3, 0, 0)
    assert len(profile.folders()) == 5
    assert export_bookmarks(profile) == items
    assert counts(import_bookmarks(profile, Parsed(bookmarks=items, folders=folders))) == (0, 0, 3)
    assert len(profile.folders()) == 5


def test_a_known_address_takes_the_new_title(profile: Profile) -> None:
    import_bookmarks(profile, Parsed(bookmarks=[BookmarkItem("旧", "https://a.example")]))
    again = Parsed(
        bookmarks=[BookmarkItem("新", "https://a.example"), BookmarkItem("旧", "https://b.example")]
    )
    assert counts(import_bookmarks(profile, again)) == (1, 1, 0)
    assert {(m.title, m.url) for m in profile.bookmarks()} == {
        ("新", "https://a.example"),
        ("旧", "https://b.example"),
    }


@pytest.mark.parametrize("into", ["", " "])
def test_into_nothing_is_into_no_folder(profile: Profile, into: str) -> None:
    mark = BookmarkItem("一", "https://a.example", ("甲",))
    import_bookmarks(profile, Parsed(bookmarks=[mark]), into)
    assert [held.title for held in profile.folders()] == ["甲"]


def test_a_script_is_carried_along_and_told(profile: Profile) -> None:
    mark = BookmarkItem("小脚本", "javascript:alert(1)")
    report = import_bookmarks(profile, Parsed(bookmarks=[mark]), into="旧")
    assert report.problems == [Problem("not_openable", "小脚本")]
    assert export_bookmarks(profile)[0].folder == ("旧",)


def test_folders_moved_into_each_other_still_have_a_path(profile: Profile) -> None:
    first = profile.add("folder", title="一")
    second = profile.add("folder", title="二", parent=first)
    profile.add("bookmark", title="甲", url="https://a.example", parent=second)
    profile.change(first, parent=second)
    (item,) = export_bookmarks(profile)
    assert item.url == "https://a.example"
    assert item.folder[-1] == "二"


def test_a_deleted_phrase_may_be_imported_again(profile: Profile) -> None:
    file = phrases(("甲", "一", "", "1"))
    import_phrases(profile, file)
    profile.trash(profile.phrases()[0].id)
    assert counts(import_phrases(profile, file)) == (1, 0, 0)
    assert isinstance(profile.get(profile.phrases()[0].id), Phrase)
