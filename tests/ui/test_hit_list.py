"""The list of hits: what is painted for each, and what a screen reader says."""

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from companion.phrases.search import Entry, Index
from companion.ui import signs, style
from companion.ui.hit_list import HitDelegate, HitModel, signs_of

WIDTH, HEIGHT = 320, 36
BODY = "钱没到账肯定惦记，我来查。"


def model(query: str, *entries: Entry) -> HitModel:
    made = HitModel({"favourite": "收藏", "bookmark": "网址"})
    made.show(query, Index(entries).find(query))
    return made


def painted(made: HitModel, width: int = WIDTH, tokens: style.Tokens = style.LIGHT) -> QImage:
    image = QImage(width, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, HEIGHT)
    option.state = QStyle.StateFlag.State_Enabled
    painter = QPainter(image)
    HitDelegate(tokens).paint(painter, option, made.index(0, 0))
    painter.end()
    return image


def coloured(image: QImage, colour: str) -> list[int]:
    """The columns in which a colour is seen."""
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    found = []
    for x in range(image.width()):
        pixels = (image.pixelColor(x, y) for y in range(image.height()))
        if any((one.red(), one.green(), one.blue()) == wanted for one in pixels):
            found.append(x)
    return found


def accent(made: HitModel, width: int = WIDTH) -> list[int]:
    return coloured(painted(made, width), style.LIGHT.accent)


pytestmark = pytest.mark.usefixtures("qapp")


def test_what_matched_is_marked_and_nothing_else() -> None:
    entry = Entry("", "phrase", "进度退款", "")
    first, later = accent(model("进度", entry)), accent(model("退款", entry))
    assert first
    assert later
    assert max(first) < min(later)
    assert accent(model("", entry)) == []


def test_a_match_in_the_body_is_shown_behind_the_title() -> None:
    entry = Entry("", "phrase", "结束语", BODY)
    assert min(accent(model("惦记", entry))) > max(accent(model("结束语", entry)))
    assert min(accent(model("dianji", entry))) > max(accent(model("jsy", entry)))


def test_the_reading_stands_behind_a_title_that_does_not_begin_with_it() -> None:
    begins, within = Entry("", "phrase", "退款进度", ""), Entry("", "phrase", "关于退款", "")
    title_ends = max(accent(model("关于退款", within))) + 4
    assert max(accent(model("tuikuan", begins))) < title_ends
    assert max(accent(model("tuikuan", within))) > title_ends


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (Entry("", "phrase", "退款", ""), []),
        (Entry("", "bookmark", "退款", ""), ["bookmark"]),
        (Entry("", "opening", "退款", ""), ["opening"]),
        (Entry("", "phrase", "退款", "", favourite=True), ["favourite"]),
        (Entry("", "bookmark", "退款", "", favourite=True), ["favourite", "bookmark"]),
    ],
)
def test_signs_move_the_title_and_tell_what_it_is(entry: Entry, expected: list[str]) -> None:
    assert signs_of(entry) == expected
    plain = min(accent(model("退款", Entry("", "phrase", "退款", ""))))
    assert (min(accent(model("退款", entry))) - plain > 8 * len(expected)) == bool(expected)


def test_a_team_has_its_sign_beside_its_set() -> None:
    own, shared = (Entry("", "phrase", "退款", "", set="一组", team=team) for team in ("", "一组"))
    begin = []
    for one in (own, shared):
        image = painted(model("", one))
        rows = range(HEIGHT)
        white = Qt.GlobalColor.white
        inked = (
            x
            for x in range(WIDTH // 2, WIDTH)
            if any(image.pixelColor(x, y) != white for y in rows)
        )
        begin.append(min(inked))
    assert begin[0] - 20 < begin[1] < begin[0] - 8


@pytest.mark.parametrize("sign", signs.SIGNS)
@pytest.mark.parametrize("size", [11, 24])
def test_every_sign_fills_its_square_and_stays_within(sign: str, size: int) -> None:
    image = QImage(size + 20, size + 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    signs.draw(painter, sign, QRectF(10, 10, size, size), "#000000")
    painter.end()
    points = [(x, y) for x in range(size + 20) for y in range(size + 20)]
    drawn = [(x, y) for x, y in points if image.pixelColor(x, y) != Qt.GlobalColor.white]
    for axis in (0, 1):
        reach = [point[axis] for point in drawn]
        assert min(reach) >= 9
        assert max(reach) <= 10 + size
        assert max(reach) - min(reach) >= size // 2


@pytest.mark.parametrize("width", [320, 120, 60, 20])
def test_a_row_too_narrow_for_its_words_is_painted_all_the_same(width: int) -> None:
    long = Entry(
        "", "bookmark", "退款" * 60, BODY * 9, set="售后" * 30, team="一组", favourite=True
    )
    for query in ("", "退款", "惦记", "tk"):
        painted(model(query, long), width)


def test_a_screen_reader_hears_number_title_set_and_what_it_is() -> None:
    held = Entry("", "bookmark", "退款", "", set="常用", favourite=True)
    made = model("", held, Entry("", "phrase", "换货", ""))
    said = [made.data(made.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert said == ["1 退款 常用 收藏 网址", "2 换货"]


def test_why_is_worked_out_only_for_rows_that_are_seen(qtbot: QtBot) -> None:
    made = model("tk", *(Entry(str(at), "phrase", "退款", "") for at in range(40)))
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(made)
    view.setItemDelegate(HitDelegate(style.LIGHT))
    view.resize(WIDTH, 5 * HEIGHT)
    view.show()
    qtbot.waitExposed(view)
    view.grab()
    assert 4 <= len(made._whys) <= 10
