"""A text that is hard to carry: 60 lines, 5,000 characters, Chinese, emoji and what combines."""

_HARD = (
    "👨‍👩‍👧‍👦家庭套餐",  # four people joined by ZWJ to one sign
    "👍🏽🇨🇳❤️\ufe0f",  # skin tone, flag, variation selector
    "𠮷野家𡃁",  # characters beyond the basic plane
    "ＡＢＣ１２３，。！？“引号”『』…—",
    "e\u0301a\u0308 ế ộ",  # combining marks, composed and not
    "「カタカナ」ｶﾀｶﾅ　한국어",
    "<b>&amp; \"quoted\" 'single' \\n %s {x} $HOME `ls` ~",
    "עברית العربية",  # right to left
    "℃ № ㎡ ½ ‰ ¥ ￥ €",
    "\u200b零宽\u00a0不换行空格",
)
LINES, CHARACTERS = 60, 5_000


def long_text() -> str:
    """The same text every time; no line is empty, and none ends with a space."""
    lines = []
    for number in range(LINES):
        hard = _HARD[number % len(_HARD)]
        line = f"{number + 1:02d}、您好，您的退款已经加急，预计三天内原路退回；{hard}。"
        while len(line) < CHARACTERS // LINES:
            line += "请您放心，我们一直在跟进，有消息马上告诉您。"
        lines.append(line[: CHARACTERS // LINES - 1].rstrip())
    text = "\n".join(lines)
    return text + "好" * (CHARACTERS - len(text))
