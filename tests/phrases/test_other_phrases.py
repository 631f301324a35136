"""Phrases that stand in phrases: found by title or code, never without end, never in silence."""

import re

import pytest

from companion.phrases.expanding import MOST_PHRASES, Surroundings
from companion.phrases.filled import only_png
from companion.phrases.filling import Filling
from companion.phrases.material import Material, Wording, materials_of
from companion.phrases.search import Entry
from companion.profile.profile import Profile
from companion.profile.template import Slot
from tests.phrases.filled import NOW, filling, text_of

HELLO = Entry("h", "phrase", "问候", "{称呼:您}好", "wh")


def said(body: str, *entries: Entry, team: str = "") -> tuple[str, tuple[str, ...]]:
    filled = filling(body, entries=entries, team=team).fill({})
    return text_of(filled), filled.lost


@pytest.mark.parametrize("name", ["问候", "wh", " WH ", "ＷＨ"])
def test_a_phrase_is_found_by_its_title_or_code(name: str) -> None:
    assert said(f"{{短语:{name}}}，{{phrase:{name}}}", HELLO) == ("您好，您好", ())


def test_what_it_asks_is_asked_once_with_the_rest() -> None:
    assert filling("{短语:wh}{单号}{称呼}", entries=[HELLO]).slots == [
        Slot("称呼", "您"),
        Slot("单号"),
    ]


def test_a_phrase_that_is_not_there_is_seen_and_named() -> None:
    assert said("甲{短语:没有}乙", HELLO) == ("甲{短语:没有}乙", ("没有",))
    mark = Entry("m", "bookmark", "没有", "http://x")
    assert said("{短语:没有}", mark) == ("{短语:没有}", ("没有",))


def test_a_phrase_in_itself_is_seen_and_named() -> None:
    assert said("a{短语:自己}", Entry("self", "phrase", "自己", "a{短语:自己}")) == (
        "a{短语:自己}",
        ("自己",),
    )
    one = Entry("1", "phrase", "一", "1{短语:二}")
    two = Entry("2", "phrase", "二", "2{短语:一}")
    assert said("{短语:一}{短语:二}", one, two) == ("12{短语:一}21{短语:二}", ("一", "二"))


def test_phrases_of_phrases_come_to_an_end() -> None:
    chain = [
        Entry(str(at), "phrase", f"p{at}", f"x{{短语:p{at + 1}}}{{短语:p{at + 1}}}")
        for at in range(40)
    ]
    text, lost = said("{短语:p0}", *chain)
    assert 0 < text.count("x") <= MOST_PHRASES
    assert lost


def test_a_title_counts_before_a_code_and_an_own_phrase_before_a_teams() -> None:
    coded = Entry("c", "phrase", "别的", "by code", "退款")
    titled = Entry("t", "phrase", "退款", "by title")
    shared = Entry("s", "phrase", "退款", "by a team", team="T")
    assert said("{短语:退款}", coded, titled)[0] == "by title"
    assert said("{短语:退款}", shared, titled)[0] == "by title"
    assert said("{短语:退款}", shared)[0] == "by a team"


def test_a_teams_phrase_means_one_of_the_same_team() -> None:
    own = Entry("o", "phrase", "密码", "own")
    shared = Entry("s", "phrase", "密码", "T's", team="T")
    assert said("{短语:密码}", own, team="T") == ("{短语:密码}", ("密码",))
    assert said("{短语:密码}", own, shared, team="T") == ("T's", ())


def test_a_teams_phrase_in_an_own_one_presses_no_enter() -> None:
    shared = Entry("s", "phrase", "问候", "甲{发送}乙", team="T")
    own = Entry("o", "phrase", "再见", "丙{发送}丁")
    assert said("{短语:问候}{短语:再见}", shared, own)[0] == "甲\n乙丙⏎丁"


PNG = b"\x89PNG\r\n\x1a\n1"


def test_a_profiles_phrases_come_with_all_their_parts() -> None:
    profile = Profile("p")
    plain = profile.add("phrase", title="白", body="白")
    id = profile.add("phrase", title="退款", body="退", rich="<b>退</b>")
    spoken = profile.add("variant", parent=id, title="口语", body="退啦", rich="<i>退啦</i>")
    image = profile.add("image", parent=id, data=PNG)
    profile.add("program", parent=id, program="xterm", plain=True)
    entries = [Entry(id, "phrase", "退款", "退"), Entry(plain, "phrase", "白", "白", team="")]
    materials = materials_of(profile, entries, "口语")
    whole = materials.of(entries[0])
    assert [(each.title, each.body, each.rich) for each in whole.wordings] == [
        ("退款", "退", "<b>退</b>"),
        ("口语", "退啦", "<i>退啦</i>"),
    ]
    assert [each.id for each in whole.images] == [image]
    rule = whole.program("xterm")
    assert rule is not None and rule.plain
    assert whole.program("qq") is None and whole.program("") is None
    assert whole.wording(materials.first).body == "退啦"
    assert whole.wording("书面").body == whole.wording("").body == "退"
    assert materials.of(entries[1]).wordings[0].body == "白"
    assert spoken not in {each.id for each in profile.phrases()}


def test_html_of_another_phrase_stands_in_html_with_its_own_images() -> None:
    profile = Profile("p")
    inner = profile.add("phrase", title="签名", body="林")
    image = profile.add("image", parent=inner, data=PNG)
    profile.change(inner, rich=f'<i>林</i><img src="{image}">')
    materials = materials_of(profile, [Entry(inner, "phrase", "签名", "林")])
    outer = Material("self", (Wording("", "谢谢 {短语:签名}", "<p>谢谢 {短语:签名}</p>"),))
    around = Surroundings(NOW, named=materials.named)
    filled = Filling(outer, outer.wordings[0], around).fill({})
    (message,) = filled.messages(only_png)
    assert message.content.text == "谢谢 林"
    assert re.fullmatch('<p>谢谢 <i>林</i><img src="data:image/png;.*></p>', message.content.html)
