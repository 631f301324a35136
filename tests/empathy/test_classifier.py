"""What the scorer finds in messages, and where it must stay silent."""

import pytest

from companion.empathy.classifier import MOST_CHARACTERS, classify
from companion.empathy.features import language_of

# Two messages a situation, one in each language, about half of them without its obvious word: what
# nobody was to break while the scorer was built. How good it is, test_evaluation.py says.
MESSAGES = [
    ("ship_urge", "订单挂了快一礼拜了,一点动静都没有,再这样我退了"),
    ("deliv_urge", "我的包裹从上海出来以后就没消息了"),
    ("deadline", "下周一要穿去面试,拖到那以后就没意义了"),
    ("refund_real", "跟家里的沙发颜色不搭,想退掉"),
    ("cancel_regret", "哎呀我点错了,那单我还要的,能不能别给我取消"),
    ("refund_where", "东西你们上周就收回去了,我卡里一分钱没见着"),
    ("defect", "才穿一天鞋底就开胶了"),
    ("wrong_missing", "我订的是黑色,打开一看是粉的"),
    ("signed_not_got", "显示昨天放门口了,我翻遍了楼道也没有"),
    ("price_drop", "前脚付完款后脚就搞活动,差了两百多"),
    ("compensate", "冰箱坏了一冰箱海鲜全臭了,这笔账怎么算"),
    ("free_ship", "老顾客了,给点优惠呗"),
    ("no_progress", "你们工程师答应周二上门,今天都周五了"),
    ("queue", "打了一上午电话,听了半小时音乐,总算有个活的"),
    ("repeat", "我已经跟前面三个客服讲过了,你去看记录行不行"),
    ("jargon", "什么叫等待期免赔额,能用人话讲讲吗"),
    ("newbie", "问你啥你都说要问一下,你到底行不行"),
    ("manager", "你做不了主就换个能做主的来"),
    ("attitude", "我好好问你,你那个口气像我欠你钱一样"),
    ("abuse", "你脑子被驴踢了吧,他妈的什么玩意"),
    ("wont_hang", "你别想挂,挂了我上哪找你去,今天必须给我弄好"),
    ("unclear", "它就是不行了,跳出来一个什么东西我也看不懂"),
    ("elder", "闺女,我老花眼,这个字太小看不见,该点哪儿啊"),
    ("wrong_firm", "我是拼多多上下的单,你帮我看看"),
    ("human", "别再给我发这些自动回复了,有没有人在"),
    ("trust", "刚才那个短信真是你们发的?我怕是骗钱的"),
    ("charge", "我就办了个38的套餐,这个月怎么收我128"),
    ("admin", "抬头开错了,帮我重开一张"),
    ("presale", "给我妈买,她腰不好,床垫硬一点还是软一点的好"),
    ("crisis", "活着太累了,我现在站在天台上"),
    ("ship_urge", "It's been a week and you haven't even packed my order, forget it, refund me"),
    ("deliv_urge", "The driver has been ten minutes away for two days, is it ever coming?"),
    ("deadline", "My flight is on Saturday, will the suitcase be here before then?"),
    ("refund_real", "Turns out I already own one, so I want to send it back"),
    ("cancel_regret", "Oh no, I pressed the wrong button, please don't cancel my booking"),
    ("refund_where", "You got the shoes back two weeks ago but my card shows nothing"),
    ("defect", "The zip came off the first time I wore the jacket"),
    ("wrong_missing", "I ordered a blue one and a green one turned up"),
    ("signed_not_got", "The app claims you left it on the porch. There is no parcel on the porch."),
    ("price_drop", "Two days after I paid you knocked fifty quid off, that's not fair"),
    ("compensate", "The leak wrecked my floor, who's going to pay for that?"),
    ("free_ship", "Can you do me a better price if I take two?"),
    ("no_progress", "Your engineer was meant to come Tuesday. It's Friday now and not a word"),
    ("queue", "Forty minutes of that awful music before anyone picked up"),
    ("repeat", "I've told this story to three of your colleagues already"),
    ("jargon", "APR, excess, waiver... can you say that in plain English?"),
    ("newbie", "You keep asking someone else, can you actually help me or not?"),
    ("manager", "Put me through to someone with the authority to decide"),
    ("attitude", "He laughed at me when I asked, that's how you treat people?"),
    ("abuse", "You're a bunch of morons, go to hell"),
    ("wont_hang", "If I hang up you'll forget about me, so I'm staying on the line"),
    ("unclear", "Something's wrong with it, it sort of goes funny, I don't know what it's called"),
    ("elder", "My granddaughter set it up, at my age all these buttons muddle me"),
    ("wrong_firm", "It was Amazon I ordered from, is this not Amazon?"),
    ("human", "Is this a bot? Get me an actual human being"),
    ("trust", "I got a text asking for my card number, was that really from you?"),
    ("charge", "There's a 14.99 on my statement I never agreed to"),
    ("admin", "I've moved house, please update the delivery address on my account"),
    ("presale", "Would this tent be suitable for winter? I'm thinking of buying it"),
    ("crisis", "Nobody would miss me if I were gone, I have the pills here"),
]

SILENT = [
    "你好",
    "您好,在吗",
    "早上好呀",
    "谢谢你,辛苦了",
    "好的好的",
    "好的,我知道了,谢谢",
    "收到,没问题了",
    "今天天气真不错",
    "哈哈你人真好",
    "没事了,祝您工作愉快",
    "我姓王,手机尾号3321",
    "订单号是202403150098",
    "嗯嗯",
    "问题解决了,非常感谢",
    "快递收到了,东西很好用",
    "hello",
    "Hi there, good morning",
    "Thanks so much, you've been great",
    "ok got it",
    "Yes, that's right",
    "My name is Anna and my postcode is 90210",
    "The order number is 55012345",
    "Have a lovely weekend!",
    "Perfect, that fixed it, cheers",
    "It's raining here today",
    "",
    "   ",
    "👍",
]

CRISIS = [
    "活着真没意思",
    "再不解决我就从楼上跳下去",
    "我想死,退不退都无所谓了",
    "吃了好多安眠药",
    "我不想活了,你们多扣的钱也不用退了",
    "I want to kill myself",
    "honestly I'd be better off dead",
    "There's no reason to live, and you keep the refund",
    "i am going to hurt myself if this goes on",
]

FIRST_FLOOR = 0.85
THREE_FLOOR = 0.90


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_first_choice_and_first_three_reach_the_floor(tongue: str) -> None:
    asked = [(want, text) for want, text in MESSAGES if language_of(text) == tongue]
    assert len(asked) == 30
    answers = [(want, [found.id for found in classify(text)], text) for want, text in asked]
    wrong = [answer for answer in answers if answer[1][:1] != [answer[0]]]
    assert _share([want in ids[:1] for want, ids, _ in answers]) >= FIRST_FLOOR, wrong
    assert _share([want in ids for want, ids, _ in answers]) >= THREE_FLOOR, wrong


@pytest.mark.parametrize("text", SILENT)
def test_greetings_thanks_small_talk_and_plain_facts_give_nothing(text: str) -> None:
    assert classify(text) == []


def test_goods_that_do_not_move_come_before_the_refund_that_is_named() -> None:
    found = classify("都买了三天了还没发货,不要了,我要退货!")
    assert found[0].id == "ship_urge"
    assert "refund_real" in [other.id for other in found[1:]]


def test_a_refund_with_nothing_outstanding_stays_a_refund() -> None:
    assert classify("尺码不合适,我要退货")[0].id == "refund_real"


@pytest.mark.parametrize("text", CRISIS)
def test_crisis_wording_always_comes_first(text: str) -> None:
    assert classify(text)[0].id == "crisis"


def test_crisis_comes_first_however_loud_the_rest_is() -> None:
    loud = "我要退款!退货!叫经理来!多扣款!骗子!垃圾!我等了20分钟才接通!不想活了"
    assert classify(loud)[0].id == "crisis"


def test_a_page_that_was_pasted_costs_no_more_than_its_beginning() -> None:
    begun = "我不想活了" + "。" * (MOST_CHARACTERS - 5)
    assert classify(begun + "谢谢" * 10**6) == classify(begun)
    assert classify("。" * MOST_CHARACTERS + "我不想活了") == []


def test_crisis_is_seen_in_the_other_language_of_a_mixed_message() -> None:
    mixed = "please tell them that the order was late and that i said 我不想活了"
    assert language_of(mixed) == "en"
    assert classify(mixed)[0].id == "crisis"


@pytest.mark.parametrize("text", ["这是跳楼价吗,能便宜点吗", "想死你们了,又来光顾啦", "急死我了"])
def test_everyday_idioms_are_not_a_crisis(text: str) -> None:
    assert "crisis" not in [found.id for found in classify(text)]


def test_thanks_do_not_hide_a_complaint() -> None:
    assert classify("谢谢,不过三天了还没发货")[0].id == "ship_urge"


def test_at_most_three_best_first_with_scores_between_nought_and_one() -> None:
    found = classify("我要退款!退货!叫经理来!多扣款!骗子!垃圾!我等了20分钟才接通!")
    scores = [one.score for one in found]
    assert len(found) == 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_the_same_message_gives_the_same_answer() -> None:
    text = "怎么还没到,你们骗人的吧"
    assert classify(text) == classify(text)


def test_case_spacing_and_punctuation_do_not_matter() -> None:
    assert classify("WHERE   is my PARCEL???")[0].id == "deliv_urge"
    assert classify("I haven’t received my refund")[0].id == "refund_where"


def test_common_traditional_characters_are_folded() -> None:
    assert classify("買了三天還沒發貨,我要退貨!")[0].id == "ship_urge"


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("你好", "zh"),
        ("我的iPhone坏了", "zh"),
        ("ok收到", "zh"),
        ("hello", "en"),
        ("I ordered the 茶 set", "en"),
        ("12345", "zh"),
        ("", "zh"),
    ],
)
def test_the_script_tells_the_language(text: str, tongue: str) -> None:
    assert language_of(text) == tongue
