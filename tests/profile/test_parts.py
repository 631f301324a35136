"""What a phrase is made of: HTML, variants, images, options by program; and own openings."""

import pytest

from companion.errors import ImageTooLarge, InputInvalid
from companion.profile import images
from companion.profile.profile import Profile
from companion.profile.records import HISTORY, Phrase, Program, Record, Stamp
from tests.profile.desks import PNG, exchange, phrase_of, two_desks


def test_a_phrase_carries_its_parts_in_their_order() -> None:
    here, there, phrase = two_desks()
    here.change(phrase, rich="<b>第一版</b>")
    for title in ("口语", "书面"):
        here.add("variant", parent=phrase, title=title, body=title, rich=f"<i>{title}</i>")
    image = here.add("image", parent=phrase, data=PNG, title="图")
    here.set_program(phrase, " WeChat ", keys="ctrl+v", enter=True)
    exchange(here, there)
    for profile in (here, there):
        assert (phrase_of(profile, phrase).body, phrase_of(profile, phrase).rich) == (
            "第一版",
            "<b>第一版</b>",
        )
        assert [(v.title, v.rich) for v in profile.variants(phrase)] == [
            ("口语", "<i>口语</i>"),
            ("书面", "<i>书面</i>"),
        ]
        (held,) = profile.images(phrase)
        assert (held.id, held.data, held.media_type) == (image, PNG, "image/png")
        (program,) = profile.programs(phrase)
        assert (program.program, program.keys, program.enter) == ("wechat", "ctrl+v", True)
        assert not profile.variants("another") and len(profile.variants()) == 2


def test_two_rewrites_with_html_never_mix_text_and_html() -> None:
    here, there, phrase = two_desks()
    here.change(phrase, body="甲", rich="<b>甲</b>")
    there.change(phrase, title="x")
    there.change(phrase, body="乙")
    exchange(here, there)
    found = phrase_of(here, phrase)
    assert (found.body, found.rich) in (("甲", "<b>甲</b>"), ("乙", ""))
    (other,) = here.conflicts()[phrase]["body"]
    here.resolve(phrase, "body", ["甲", "<b>甲</b>"])
    exchange(here, there)
    assert phrase_of(there, phrase).rich == "<b>甲</b>" and not there.conflicts()
    assert other.value in (["甲", "<b>甲</b>"], "乙")


def test_a_new_body_has_no_html_of_the_old_one() -> None:
    here, _, phrase = two_desks()
    here.change(phrase, rich="<b>第一版</b>")
    here.change(phrase, title="x")
    assert phrase_of(here, phrase).rich
    here.change(phrase, body="第二版")
    assert phrase_of(here, phrase).rich == ""
    assert here.undo(phrase, "body")
    assert phrase_of(here, phrase).rich == "<b>第一版</b>"
    here.change(phrase, rich="")
    assert here.value(phrase, "body") == "第一版"


@pytest.mark.parametrize("kind", ["phrase", "variant", "opening"])
def test_a_text_written_here_is_undone_there(kind: str) -> None:
    here, there, phrase = two_desks()
    field = "text" if kind == "opening" else "body"
    id = here.add(kind, parent="" if kind != "variant" else phrase, **{field: "0"})
    exchange(here, there)
    for number in range(1, HISTORY + 4):
        here.change(id, **{field: f"{number}"})
    # As packs of edits, not as the whole state: what was written between two packs is known too.
    clock, records = here.take_changes()
    there.absorb(records, clock)
    assert there.history(id, field) == here.history(id, field)
    assert len(there.history(id, field)) == HISTORY
    assert there.undo(id, field)
    exchange(here, there)
    assert here.value(id, field) == there.value(id, field) == f"{HISTORY + 2}"
    assert here.history(id, field)[0] == f"{HISTORY + 3}"
    assert not here.conflicts()


def test_what_could_not_be_saved_is_sent_whole_the_next_time() -> None:
    here, there, phrase = two_desks()
    here.take_changes()
    here.change(phrase, body="二")
    here.put_back_changes(here.take_changes()[1])
    here.change(phrase, body="三")
    clock, records = here.take_changes()
    there.absorb(records, clock)
    assert there.history(phrase, "body") == ["二", "第一版"]


def test_two_desks_that_undo_the_same_do_not_get_stuck() -> None:
    here, there, phrase = two_desks()
    here.change(phrase, body="二")
    exchange(here, there)
    for desk in (here, there):
        assert desk.undo(phrase, "body")
    exchange(here, there)
    here.resolve(phrase, "body", "第一版")
    assert here.history(phrase, "body")[0] == "第一版"
    assert here.undo(phrase, "body") and phrase_of(here, phrase).body == "二"


def test_nothing_before_is_nothing_to_undo() -> None:
    here, _, phrase = two_desks()
    assert not here.undo(phrase, "body")


def test_an_opening_is_the_agents_own_and_ordered_by_situation() -> None:
    here, there, _ = two_desks()
    for situation, text in (("queue", "1"), ("ship_urge", "2"), ("queue", "3")):
        here.add("opening", situation=situation, text=text)
    last = here.openings("queue")[1].id
    here.move(last, "", "")
    exchange(here, there)
    assert [opening.text for opening in there.openings("queue")] == ["3", "1"]
    assert [opening.text for opening in there.openings()] == ["3", "1", "2"]


def test_two_desks_that_set_up_one_program_at_once_write_one_record() -> None:
    here, there, phrase = two_desks()
    here.set_program(phrase, "wechat", keys="ctrl+v")
    there.set_program(phrase, "WECHAT", enter=True)
    there.set_program(phrase, "qq", hidden=True)
    exchange(here, there)
    for profile in (here, there):
        qq, wechat = profile.programs(phrase)
        assert (wechat.keys, wechat.enter, qq.hidden) == ("ctrl+v", True, True)
        assert not profile.conflicts()
    # Whether Enter is sent is not guessed.
    here.set_program(phrase, "wechat", enter=False)
    there.set_program(phrase, "wechat", plain=True)
    there.change(wechat.id, enter=False)
    there.change(wechat.id, enter=True)
    exchange(here, there)
    assert list(here.conflicts()) == [wechat.id]


def test_a_program_that_was_deleted_can_be_set_up_again() -> None:
    here, there, phrase = two_desks()
    id = here.set_program(phrase, "wechat", enter=True)
    here.trash(id)
    assert here.programs(phrase) == [] and [item.id for item in here.trash_can()] == [id]
    assert here.set_program(phrase, "wechat", enter=True) == id
    exchange(here, there)
    assert isinstance(there.get(id), Program) and not there.trash_can()


def test_parts_go_with_their_phrase_and_come_back_with_it() -> None:
    here, there, phrase = two_desks()
    variant = here.add("variant", parent=phrase, body="v")
    deleted = here.add("variant", parent=phrase, body="deleted before")
    here.set_program(phrase, "wechat")
    here.add("image", parent=phrase, data=PNG)
    here.trash(deleted)
    here.trash(phrase)
    exchange(here, there)
    for profile in (here, there):
        assert profile.get(phrase) is None and profile.get(variant) is None
        assert not (profile.variants() or profile.images() or profile.programs(phrase))
        assert {item.id for item in profile.trash_can()} == {phrase, deleted}
    there.restore(phrase)
    exchange(here, there)
    assert [v.id for v in here.variants(phrase)] == [variant]
    assert len(here.images(phrase)) == len(here.programs(phrase)) == 1


@pytest.mark.parametrize("act", ["add", "rewrite", "image", "program", "restore"])
def test_what_is_added_to_a_deleted_phrase_brings_it_back_with_all_its_parts(act: str) -> None:
    here, there, phrase = two_desks()
    variant = here.add("variant", parent=phrase, body="v")
    lost = here.add("variant", parent=phrase, body="lost")
    here.trash(lost)
    exchange(here, there)
    here.trash(phrase)
    match act:
        case "add":
            there.add("variant", parent=phrase, body="new")
        case "rewrite":
            there.change(variant, body="rewritten")
        case "image":
            there.add("image", parent=phrase, data=PNG)
        case "program":
            there.set_program(phrase, "qq", plain=True)
        case _:
            there.restore(lost)
    exchange(here, there)
    for profile in (here, there):
        assert phrase_of(profile, phrase).title == "退款"
        assert variant in {v.id for v in profile.variants(phrase)}
        assert not profile.trash_can() or act != "restore"


def test_a_part_added_in_one_act_with_others_is_not_taken_for_seen() -> None:
    here, there = Profile("p"), Profile("p")
    one, two = here.add_many("phrase", [{"title": "1"}, {"title": "2"}])
    exchange(here, there)
    parts = there.add_many("variant", [{"parent": one, "body": "1"}, {"parent": two, "body": "2"}])
    clock, records = there.take_changes()
    # The pack of the second variant is late.
    here.absorb([record for record in records if record.id == parts[0]], clock)
    here.change(parts[0], parent=two)
    here.trash(two)
    here.change(parts[0], parent=one)
    here.absorb(records, clock)
    assert two in {phrase.id for phrase in here.phrases()}


def test_a_part_without_its_phrase_is_listed_without_a_place() -> None:
    profile = Profile("p")
    profile.absorb([Record("v", "variant", Stamp(1, "w"), {"parent": "later", "body": "x"})], 1)
    assert [(v.id, v.parent) for v in profile.variants()] == [("v", "")]
    profile.absorb([Record("later", "phrase", Stamp(1, "w"), {"title": "t"})], 1)
    assert [(v.id, v.parent) for v in profile.variants()] == [("v", "later")]
    assert [variant.id for variant in profile.variants("later")] == ["v"]


def test_an_image_is_small_and_an_image_and_never_changes() -> None:
    here, _, phrase = two_desks()
    with pytest.raises(ImageTooLarge) as said:
        here.add("image", parent=phrase, data=PNG + bytes(images.MOST_BYTES))
    assert said.value.facts["most"] == images.MOST_BYTES
    for row in ({"data": b"<svg/>"}, {}, {"data": PNG, "media_type": "image/gif"}):
        with pytest.raises(InputInvalid):
            here.add("image", parent=phrase, **row)
    id = here.add("image", parent=phrase, data=PNG + bytes(images.MOST_BYTES - len(PNG)))
    here.change(id, title="x", data=here.images(phrase)[0].data)
    with pytest.raises(InputInvalid):
        here.change(id, data=PNG)
    assert [image.title for image in here.images(phrase)] == ["x"]


@pytest.mark.parametrize(
    ("data", "type"),
    [(PNG, "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"GIF89a", "image/gif"),
     (b"RIFF\x04\0\0\0WEBPVP8 ", "image/webp"), (b"RIFF\x04\0\0\0WAVE", ""), (b"", "")],
)  # fmt: skip
def test_the_first_bytes_tell_an_image(data: bytes, type: str) -> None:
    assert images.media_type(data) == type


def test_a_plain_phrase_pays_for_no_register() -> None:
    profile = Profile("p")
    profile.add("phrase", title="t", body="b", rich="", tags=("x",))
    (record,) = profile.everything()[1]
    assert record.registers == {} and record.plain.keys() == {"title", "body", "tags", "position"}
    assert record.plain["tags"] == ["x"] and isinstance(profile.phrases()[0], Phrase)
