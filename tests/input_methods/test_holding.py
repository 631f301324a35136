"""What is put into a file comes out of it again, and nothing else changes by a byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.formats import fcitx5, mspinyin, rime
from companion.formats.input_entries import Entry
from companion.formats.items import PhraseItem, Problem
from companion.input_methods.holding import HOLDERS, Unfit
from companion.profile import template

RIME = "# Rime table\n#@/db_name\tcustom_phrase.txt\n有\tu\t3\n又\tu\n".encode()
FCITX = "; 我的\ntk,1=退货\nml,2=\n甲\n乙\n".encode()
MICROSOFT = mspinyin.packed([Entry("tk", 1, "退货"), Entry("nh", 1, "您好🙂")])
OWN = {"rime": RIME, "fcitx5": FCITX, "mspinyin": MICROSOFT}
READ = {"rime": rime.read, "fcitx5": fcitx5.read, "mspinyin": mspinyin.read}
WRITE = {
    "rime": rime.write_phrases,
    "fcitx5": fcitx5.write_phrases,
    "mspinyin": mspinyin.write_phrases,
}
ITEMS = [PhraseItem("", "退款已办", "tk"), PhraseItem("", "{称呼:您}好", "nh")]
LINES = st.lists(
    st.binary(max_size=12).map(lambda line: line.translate(None, b"\n\0"))
    | st.sampled_from([b"# no comment", b"a,1=", b"tk,1=x", b"\xef\xbb\xbf", b""]),
    max_size=8,
)
TEXTS = st.text(st.sampled_from('甲乙 #$\\"\n\t=,🙂') | st.characters(exclude_categories=["Cs"]))
PHRASES = st.lists(
    st.builds(
        lambda code, text: PhraseItem("", template.literal(text), code),
        st.from_regex("[a-z]{1,6}", fullmatch=True),
        TEXTS,
    ),
    max_size=8,
)


@pytest.mark.parametrize("kind", HOLDERS)
def test_both_are_there_and_ours_goes(kind: str) -> None:
    holder, own = HOLDERS[kind], OWN[kind]
    joined = holder.joined(own, ITEMS)
    assert (len(joined.keys), joined.problems) == (2, [Problem("filled_as_text", "")])
    there = {(item.abbr, item.body) for item in READ[kind](joined.data, "x").phrases}
    before = {(item.abbr, item.body) for item in READ[kind](own, "x").phrases}
    assert there == before | {("tk", "退款已办"), ("nh", "您好")}
    assert holder.parted(joined.data, set(joined.keys).__contains__, joined.glued) == own


@pytest.mark.parametrize("kind", HOLDERS)
def test_a_file_that_was_not_there_holds_ours_alone(kind: str) -> None:
    holder = HOLDERS[kind]
    joined = holder.joined(None, ITEMS)
    bodies = [(item.abbr, item.body) for item in READ[kind](joined.data, "x").phrases]
    assert bodies == [("tk", "退款已办"), ("nh", "您好")]
    left = holder.parted(joined.data, set(joined.keys).__contains__, joined.glued)
    assert holder.is_bare(left)
    assert not holder.is_bare(joined.data)
    assert not holder.is_bare(OWN[kind])


@pytest.mark.parametrize("kind", HOLDERS)
def test_what_is_there_already_is_neither_put_nor_taken(kind: str) -> None:
    holder = HOLDERS[kind]
    own = WRITE[kind](ITEMS[:1]).data
    joined = holder.joined(own, ITEMS)
    assert len(joined.keys) == 1
    assert holder.parted(joined.data, set(joined.keys).__contains__, joined.glued) == own
    same = holder.joined(own, [*ITEMS[:1], *ITEMS[:1]])
    assert (same.data, same.keys) == (own, [])


@pytest.mark.parametrize("kind", ["rime", "fcitx5"])
@given(lines=LINES, end=st.sampled_from([b"", b"\n", b"\r\n"]), items=PHRASES)
def test_any_text_file_comes_out_as_it_was(
    kind: str, lines: list[bytes], end: bytes, items: list[PhraseItem]
) -> None:
    own = b"\n".join(lines) + end
    joined = HOLDERS[kind].joined(own, items)
    ours = set(joined.keys).__contains__
    assert HOLDERS[kind].parted(joined.data, ours, joined.glued) == own


@given(st.lists(st.tuples(st.text("abc", min_size=1, max_size=4), TEXTS), max_size=6), PHRASES)
def test_any_file_of_microsoft_s_comes_out_as_it_was(
    own: list[tuple[str, str]], items: list[PhraseItem]
) -> None:
    was = mspinyin.packed([Entry(code, 1, text.replace("\0", "")) for code, text in own])
    joined = HOLDERS["mspinyin"].joined(was, items)
    assert HOLDERS["mspinyin"].parted(joined.data, set(joined.keys).__contains__, False) == was


def test_of_a_file_that_fcitx5_wrote_anew_only_ours_goes() -> None:
    holder = HOLDERS["fcitx5"]
    items = [PhraseItem("", "一 二\n三", "tk"), PhraseItem("", "四", "aa")]
    joined = holder.joined(FCITX, items)
    # Its window drops comments, sorts by code, gives places anew and quotes what it must.
    anew = 'aa,1=四\nml,2="甲\\n乙"\nnew,1=新\ntk,1="一 二\\n三"\ntk,2=退货\n'.encode()
    left = holder.parted(anew, set(joined.keys).__contains__, joined.glued)
    assert left == 'ml,2="甲\\n乙"\nnew,1=新\ntk,2=退货\n'.encode()


def test_of_a_file_that_somebody_wrote_on_only_ours_goes() -> None:
    holder = HOLDERS["rime"]
    own = "有\tu".encode()
    joined = holder.joined(own, ITEMS)
    assert joined.glued
    written_on = joined.data + "新\tx\n".encode()
    left = holder.parted(written_on, set(joined.keys).__contains__, joined.glued)
    assert left == "有\tu\n新\tx\n".encode()


def test_a_sign_of_comments_needs_a_file_that_has_none() -> None:
    items = [PhraseItem("t", "#1 优惠", "yh")]
    assert HOLDERS["rime"].joined(RIME, items).problems == [Problem("text_unfit", "t")]
    for data in (None, RIME + b"# no comment\n"):
        assert len(HOLDERS["rime"].joined(data, items).keys) == 1


@pytest.mark.parametrize("kind", ["rime", "fcitx5"])
def test_a_text_file_that_its_program_cannot_read_is_left_alone(kind: str) -> None:
    with pytest.raises(Unfit):
        HOLDERS[kind].joined(OWN[kind].decode().encode("utf-16"), ITEMS)


@pytest.mark.parametrize("kind", ["rime", "fcitx5"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gb18030"])
def test_a_file_that_an_editor_saved_otherwise_is_not_taken_for_one_without_ours(
    kind: str, encoding: str
) -> None:
    holder = HOLDERS[kind]
    joined = holder.joined(OWN[kind], ITEMS)
    ours = set(joined.keys).__contains__
    with pytest.raises(Unfit):
        holder.parted(joined.data.decode().encode(encoding), ours, joined.glued)
    own = OWN[kind].decode().encode(encoding)
    assert holder.parted(own, ours, joined.glued) == own


@pytest.mark.parametrize("data", [b"", b"x", MICROSOFT + b"\0", MICROSOFT[:-2], MICROSOFT[:0x40]])
def test_a_file_that_is_not_as_it_is_known_is_left_alone(data: bytes) -> None:
    with pytest.raises(Unfit):
        HOLDERS["mspinyin"].joined(data, ITEMS)
    with pytest.raises(Unfit):
        HOLDERS["mspinyin"].parted(data, lambda key: True, False)
