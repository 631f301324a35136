"""What a team pack may hold: anything else is refused, though the lead has truly signed it."""

import zlib

import msgspec
import pytest

from companion.profile.team import Verified, sign, unseal
from companion.profile.team_content import TeamPack, Unfit
from companion.team_errors import TeamPackUnfit
from tests.profile.test_team import KEYS, PACK, SEED, resealed, signed_as


def plain(**changes: object) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(PACK)
    return found | changes


def opened(fields: object) -> Verified:
    """A pack with these fields, truly signed by the lead."""
    payload = zlib.compress(msgspec.msgpack.encode(fields))
    return unseal(*resealed(signed_as(payload)), KEYS)


ROW: dict[str, object] = {"id": "p" * 22, "title": "退款", "body": "好", "abbr": "", "tags": []}


def phrase(**changes: object) -> dict[str, object]:
    return plain(sets=[{"title": "售后", "phrases": [ROW | changes]}])


def mark(url: object, **more: object) -> dict[str, object]:
    row = {"id": "b" * 22, "title": "t", "url": url} | more
    return plain(folders=[{"title": "f", "bookmarks": [row]}])


def opening(**changes: object) -> dict[str, object]:
    return plain(openings=[{"situation": "ship_urge", "language": "zh", "text": "好"} | changes])


FORMS: list[object] = [
    b"not a pack",
    [],
    {},
    plain(hotkeys={"picker_keys": "ctrl+c"}),
    plain(options=[]),
    plain(scripts=["rm -rf /"]),
    plain(version=0),
    plain(version=True),
    plain(version="5"),
    plain(version=2**48),
    plain(at=-1),
    plain(name=""),
    plain(name=7),
    plain(sets=None),
    plain(sets=[{"title": "s", "phrases": [], "kind": "snippet"}]),
    phrase(html="<b>x</b>"),
    phrase(enter=True),
    phrase(command="calc.exe"),
    phrase(body=""),
    phrase(body=b"bytes"),
    phrase(body="x" * 10_001),
    phrase(title="x" * 201),
    phrase(abbr="x" * 41),
    phrase(tags=["x"] * 21),
    phrase(id="option:picker_keys"),
    phrase(id="../../../etc/passwd12"),
    phrase(id="p" * 22 + "\n"),
    plain(sets=[{"title": "s", "phrases": [ROW] * 2}]),
    mark("https://x.example/" + "x" * 2_000),
    mark("https://x.example", icon="http://x.example/i.png"),
    opening(language="fr"),
    opening(situation="../x"),
    opening(text=""),
]


@pytest.mark.parametrize("fields", FORMS, ids=repr)
def test_an_unknown_field_a_wrong_type_or_length_is_refused(fields: object) -> None:
    with pytest.raises(TeamPackUnfit) as told:
        opened(fields)
    assert told.value.facts["reason"] == "form"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "file:///etc/passwd", "FILE:///c:/x.exe", "data:text/html,<p>x",
        "ftp://x.example/a", "mailto:a@x.example", "tel:123456789", "vbscript:msgbox",
        "//x.example", "https:///nowhere", "https://bank.example@evil.example/",
        "https://x.example\\@evil.example",
        "http://x.example/ a", "https://x.example/<b>", "https://x.example:99999999/",
        "https://[::1", "x.example/page",
    ],
)  # fmt: skip
def test_only_web_addresses_are_shared(url: str) -> None:
    with pytest.raises(TeamPackUnfit) as told:
        opened(mark(url))
    assert told.value.facts["reason"] in ("address", "active")


def test_ordinary_addresses_are() -> None:
    for url in ("http://oa/erp", "https://订单.example/查?单号=1#x", "https://x.example:8443/a;b"):
        assert opened(mark(url)).pack.bookmarks()[0].url == url


HIDDEN = "\x00\x07\x1b\x7f\x85\u200b\u2028\u202a\u202e\u2066\u2069\ufeff\ufffe\U000e0041"


@pytest.mark.parametrize("hidden", [*HIDDEN, "\r", "\r\n"], ids=ascii)
def test_what_acts_or_hides_is_refused_everywhere(hidden: str) -> None:
    text = f"好{hidden}的"
    packs = [phrase(body=text), phrase(title=text), phrase(abbr=text), phrase(tags=[text])]
    packs += [plain(name=text), opening(text=text), mark("https://x.example/", title=text)]
    packs += [plain(sets=[{"title": text, "phrases": []}])]
    for fields in packs:
        with pytest.raises(TeamPackUnfit) as told:
            opened(fields)
        assert told.value.facts["reason"] == "hidden"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (phrase(body="rm -rf /\n"), "breaks"),
        (phrase(body="\n好"), "breaks"),
        (phrase(title="一\n二"), "breaks"),
        (phrase(abbr="a\tb"), "breaks"),
        (phrase(body="<script>x</script>"), "active"),
        (phrase(body="< IFRAME src=//x>"), "active"),
        (phrase(body="<b onclick = 'x'>"), "active"),
        (phrase(body="<img src=https://x.example/spy.png>"), "active"),
        (phrase(body="[这里](javascript:alert(1))"), "active"),
        (phrase(body="看 file:///c:/x"), "active"),
        (opening(text="<svg/onload=x>"), "active"),
        (phrase(body="".join(f"{{空{at}}}" for at in range(31))), "slots"),
    ],
)
def test_what_runs_elsewhere_is_refused(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(TeamPackUnfit) as told:
        opened(fields)
    assert told.value.facts["reason"] == reason


def test_ordinary_texts_are_shared() -> None:
    for text in (
        "一\n\n二\t三", "a < b, c > d; 满100减20", "{{不是空}} {空:默认}", "👩\u200d💻 ❤\ufe0f ok",
        "if (a<b) { on = 1 }", "<订单号>", "العربية \u200f!", "JavaScript 被浏览器拦住了,请刷新",
    ):  # fmt: skip
        assert opened(phrase(body=text)).pack.phrases()[0].body == text


def test_a_lead_cannot_sign_what_members_refuse() -> None:
    bad = msgspec.convert(phrase(body="<script>"), TeamPack)
    with pytest.raises(Unfit):
        sign(bad, SEED)
