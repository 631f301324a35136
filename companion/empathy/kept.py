"""Finds the numbers, dates, names and amounts of a clause, so that a rewrite keeps them."""

import re

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田"
    "杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷龙段郝孔邵史毛常万顾赖武康贺"
    "严尹钱施牛洪龚黎易白乔文庞樊兰殷颜倪温芦季俞章鲁葛伍申尤毕聂焦向柳邢岳齐梅庄辛管祝左涂谷时舒"
)
_TITLES = "先生|女士|小姐|太太|阿姨|叔叔|大爷|大妈|大姐|大哥|师傅|老师|经理|主管|主任|医生|大夫"
_UNITS_ZH = (
    "个?(?:工作日|小时|钟头|分钟|星期|礼拜|月|周|天|年|季度)|元|块钱?|万|亿|毛|角|折|倍|号楼|号|日|"
    "月|年|点半?|"
    "楼|层|室|栋|单元|件|台|本|张|单|次|位|遍|条|份|箱|盒|瓶|双|套|部|页|米|公里|斤|公斤|克|度|兆|期|岁|秒|步|项"
)
_NUMBERED_ZH = "订单号?|单号|工单号?|保单号?|尾号|编号|运单号?|航班|工号|手机号?|第"
_LATIN = r"[A-Za-z0-9][\w@.:/%+-]*[\w%+]|[A-Za-z0-9]"
_ZH = re.compile(
    r"“[^”]+”|《[^》]+》|「[^」]+」"
    rf"|(?:{_NUMBERED_ZH})?(?:(?:[¥￥$€£]\s?)?\d[\d,.:：/-]*\s*(?:{_UNITS_ZH})*)+[前后内]?"
    rf"|{_LATIN}"
    rf"|(?!一[点次遍位])(?:[零〇一二两三四五六七八九十百千万亿半几]+(?:{_UNITS_ZH}|[点刻多]))+"
    r"[零〇一二三四五六七八九十半]*(?:刻|分)?"
    r"|大?[前昨今明后][天晚早年]|[上下本这]个?(?:周|星期|礼拜)[一二三四五六日末天]?|(?:周|星期|礼拜)[一二三四五六日末天]"
    r"|[上下本]个?月|月[初中底末]|凌晨|早上|上午|中午|下午|傍晚|晚上"
    rf"|(?:欧阳|上官|司马|诸葛|[{_SURNAMES}])[一-鿿]{{0,2}}?(?:{_TITLES})"
    rf"|(?<![一-鿿])[{_SURNAMES}][一-鿿]{{1,2}}(?![一-鿿])"
    rf"|(?<=[叫找给由是请让])[{_SURNAMES}][一-鿿]{{1,2}}(?=[，,。！？\s]|$|的|来|去|说|处理|负责|跟进|联系|接)"
)
_NUMBERED_EN = (
    r"\b(?:order|number|no|ref|reference|invoice|ticket|case|booking|flight|room|policy|page|step"
    r"|line|question)"
)
_NUMBERS_EN = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    "fifty|hundred|half|a couple of|several"
)
_UNITS_EN = (
    "(?:working |business )?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)|"
    "pounds?|dollars?|euros?|pence|cents?|quid|percent|times?|items?|parcels?|letters?"
)
_DAYS_EN = (
    "today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening|week|month)|"
    "(?:last|next) (?:week|month|year|night)|noon|midnight"
)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATES_EN = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})[a-z]*"
    rf"|(?:{_MONTHS})[a-z]* \d{{1,2}}(?:st|nd|rd|th)?\b"
)
# A capital within a sentence is a name's; "I" is not one.
_NAME_EN = (
    r"(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][\w'’-]+|\b[A-Z][a-z]+(?= (?!I\b)[A-Z][a-z])"
    r"|(?:(?<=[a-z0-9,;:] )|(?<=[,;:]))(?!I\b)[A-Z][\w'’&-]*"
)
_EN = re.compile(
    r"“[^”]+”|\"[^\"]+\""
    r"|\S+@\S+\.\w+|https?://\S+|\b[\w-]+\.[a-z]{2,}/\S*|\b[\w-]+\.(?:com|cn|org|net|uk)\b"
    r"|(?i:\b(?:half|quarter) (?:past|to) \w+)"
    rf"|{_DATES_EN}|(?i:{_NUMBERED_EN})[ .:#]*\d[\w-]*"
    r"|\b[A-Za-z]+\d[\w-]*|\b0\d+(?: \d+)+"
    rf"|(?:[¥￥$€£]\s?)?\d[\d,.:/-]*(?:st|nd|rd|th|[ap]m)?\b(?: ?(?:{_UNITS_EN}|[ap]m|%))?"
    rf"|(?i:\b(?:{_NUMBERS_EN}) (?:{_UNITS_EN})\b)|(?i:\b(?:{_DAYS_EN})\b)"
    rf"|\b(?:[A-Z]+-?\d[\w-]*)|(?:{_NAME_EN})"
    rf"(?: (?!I\b|No\b[ .:#]*\d|M(?:r|rs|s|iss)\b|Dr\b|(?:{_MONTHS})[a-z]* \d)[A-Z][\w'’&-]*)*"
)
_ADDRESS_ZH = re.compile(
    rf"(?:尊敬的)?(?:(?:亲爱的?|亲|您好|你好|[{_SURNAMES}][一-鿿]{{0,2}}(?:{_TITLES})|{_TITLES})[，,、\s]*)+"
)
_ADDRESS_EN = re.compile(
    r"(?:(?:Good (?:morning|afternoon|evening)|Hi|Hello|Dear|Sir|Madam|Ma'am|Sorry"
    r"|(?:Mr|Mrs|Ms|Dr)\.?)"
    r"(?: [A-Z][\w'-]+)*,\s*)+|[A-Z][\w'-]+(?: [A-Z][\w'-]+)?,\s*"
)
# A 师傅 or 经理 is hardly ever the customer.
_CALLED_ZH = re.compile(
    rf"(?:欧阳|上官|司马|诸葛|[{_SURNAMES}])[一-鿿]{{0,2}}(?:先生|女士|小姐|太太|阿姨|叔叔|大爷|大妈)"
)
_CALLED_EN = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr)\.? .+")
_TRAILING = " ,.:;/-，。：；"


def kept(text: str, language: str, start: int = 0, end: int | None = None) -> list[str]:
    """The numbers, dates, times, names and amounts of a piece of a text in ``zh`` or ``en``.

    They come in their order. What looks like one is kept, too: a fact too many can be struck out,
    one that is lost cannot be seen. A single English word with a capital that begins a sentence
    may be any word, and is no name.
    """
    pattern = _ZH if language == "zh" else _EN
    end = len(text) if end is None else end
    found = [hit[0].strip(_TRAILING) for hit in pattern.finditer(text, start, end)]
    return [fact for fact in found if fact]


def people(facts: list[str], language: str) -> list[str]:
    """Those of a text's facts that call a customer by name."""
    pattern = _CALLED_ZH if language == "zh" else _CALLED_EN
    return [fact for fact in facts if pattern.fullmatch(fact)]


def address(sentence: str, language: str) -> str:
    """Whom a sentence speaks to, as far as it begins with that: a greeting, a name, a title."""
    pattern = _ADDRESS_ZH if language == "zh" else _ADDRESS_EN
    found = pattern.match(sentence)
    return found[0] if found else ""
