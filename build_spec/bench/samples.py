"""Makes up what an agent's profile could hold, and what she would type: seeded, always the same."""

import random
from collections.abc import Iterator

from companion.phrases.pinyin import readings
from companion.phrases.search import Entry

SEED = 20_240_607
SETS = ("售前", "售后", "退款", "物流", "发票", "会员", "活动", "投诉", "账号", "支付", "安装", "安抚")
TITLE_MOST, BODY_LEAST = 8, 38

_TOPICS = (
    "退款 换货 发货 物流 快递 发票 优惠券 积分 会员 订单 地址 尺码 颜色 库存 价格 保修 安装 配件 账号 密码 "
    "验证码 支付 银行卡 运费 签收 包装 破损 漏发 错发 赠品 预售 定金 尾款 直播间 客服 投诉 评价 充电器 屏幕 "
    "电池 说明书 质检 仓库 海关 税费 套餐 流量 宽带 话费 合同 保单 理赔 课程 门票 酒店 航班 行李 座位 改签"
).split()
_ACTS = (
    "进度 查询 催促 申请 取消 修改 确认 延迟 失败 成功 到账 说明 安抚 致歉 提醒 核对 登记 补发 拦截 退回 "
    "升级 回访 转接 跟进 补偿 截图 规则 流程 时效 异常 重复 丢失 超时 恢复 关闭 开通 解绑 找回 重置 预约"
).split()
_MANNERS = "首次 再次 加急 夜间 周末 节日 通用 简短 详细 老客 新客 海外 大额 企业 家庭 学生".split()
_OPENINGS = (
    "您好,这里是客服小林 让您久等了 非常抱歉给您添麻烦了 感谢您的耐心 我完全理解您的着急 我马上为您核实 "
    "您说的情况我记下了 谢谢您告诉我们 遇到这样的事确实闹心 请您放心 这边已经看到您的订单 辛苦您等了这么久"
).split()
_FACTS = (
    "系统显示{topic}正在{act} {topic}的{act}一般需要{number}个工作日 仓库已经在处理{topic}的{act} "
    "关于{topic}的{act}我已加急提交 您的{topic}在{number}号之前可以{act} {topic}{act}后会有短信通知 "
    "{topic}这一项由专员负责{act} 目前{topic}的{act}排在第{number}位 财务核对{topic}以后就会{act}"
).split()
_CLOSINGS = (
    "有结果我第一时间联系您 请留意短信和站内信 如果还有疑问随时找我 麻烦您提供一下订单号 请不要重复提交申请 "
    "我会一直跟到解决为止 预计今天晚上八点前答复您 方便的话请发一张照片 祝您生活愉快 您看这样处理可以吗"
).split()


def phrases(count: int, seed: int = SEED) -> Iterator[tuple[str, str, str, str]]:
    """Title, body, abbreviation (mostly none) and set of so many phrases."""
    draw = random.Random(seed)
    for number in range(count):
        topic, act = draw.choice(_TOPICS), draw.choice(_ACTS)
        title = topic + act + draw.choice(_MANNERS) + draw.choice(_ACTS)
        parts = [draw.choice(_OPENINGS)]
        while sum(map(len, parts)) < BODY_LEAST - 12:
            fact = draw.choice(_FACTS)
            topic, act = draw.choice(_TOPICS), draw.choice(_ACTS)
            parts.append(fact.format(topic=topic, act=act, number=draw.randint(2, 30)))
        parts.append(draw.choice(_CLOSINGS))
        abbr = f"k{number}" if number % 20 == 0 else ""
        yield title[:TITLE_MOST], ",".join(parts) + "。", abbr, draw.choice(SETS)


def entries(count: int) -> list[Entry]:
    """The same phrases as the search index takes them, some of them used before."""
    draw = random.Random(SEED + 1)
    return [
        Entry(
            id=str(number),
            kind="phrase",
            title=title,
            body=body,
            abbr=abbr,
            set=group,
            uses=draw.randint(0, 40) if number % 7 == 0 else 0,
        )
        for number, (title, body, abbr, group) in enumerate(phrases(count))
    ]


def typed(found: list[Entry], queries: int) -> Iterator[tuple[str, str]]:
    """So many queries, each with its kind: text, pinyin, initials, two words, or mistyped."""
    draw = random.Random(SEED + 2)
    table = readings()
    kinds = ("text", "pinyin", "initials", "pinyin", "initials", "two words", "mistyped")
    for number in range(queries):
        kind = kinds[number % len(kinds)]
        entry = draw.choice(found)
        # Mostly the title is remembered, sometimes a few words of the text.
        source = entry.title if draw.random() < 0.8 else entry.body
        start = draw.randrange(max(1, len(source) - 4))
        piece = [one for one in source[start : start + draw.randint(2, 5)] if one in table]
        spelled = [table[one][0] for one in piece] or ["tui", "kuan"]
        if kind == "text":
            yield kind, "".join(piece)
        elif kind == "pinyin":
            yield kind, "".join(spelled)
        elif kind == "initials":
            yield kind, "".join(one[0] for one in spelled)
        elif kind == "two words":
            yield kind, "".join(one[0] for one in spelled[:2]) + " " + "".join(spelled[2:])
        else:
            # One letter beside the right one.
            letters = list("".join(spelled))
            letters[draw.randrange(len(letters))] = draw.choice("qwvxz")
            yield kind, "".join(letters)
