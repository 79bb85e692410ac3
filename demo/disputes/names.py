"""Made-up parties: nobody of these lives, no such company is registered."""

from random import Random

from cases.actions.disputes import PartyWords

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘"
GIVEN_NAMES = """
安宁 柏舟 长庚 晨曦 大有 福根 桂香 国栋 海平 红梅 嘉木 建平 景行 静姝 俊杰 来顺 兰芝 丽华
满仓 明德 木兰 念真 平安 秋实 荣华 若水 尚志 淑贞 树声 思远 天佑 文彬 小满 晓燕 秀英 雪松
雅琴 永福 玉兰 远山 月娥 云生 在田 正阳 知秋 志强 子轩 宗泽 祖望 佐良
"""
GIVEN = GIVEN_NAMES.split()
LONG = ("阿依古丽·示例", "买买提江·示例", "巴哈提·示例", "其其格·示例")
FIRM_NAMES = "晨光 远帆 恒信 青禾 明湖 安泰 永顺 瑞丰 春晖 北辰 南屏 东篱 西岭 和风 千里 百川"
FIRMS = FIRM_NAMES.split()
TRADES = (
    "建材有限公司",
    "餐饮管理有限公司",
    "物流有限公司",
    "商贸有限公司",
    "农业发展有限公司",
    "医药连锁有限公司",
    "房地产开发有限公司",
    "环保科技有限公司",
)
STREETS = ("东湖街道示例社区", "柳溪镇示例村", "石桥镇示例村", "云岭乡示例村")


def person(rng: Random) -> PartyWords:
    """No identity number: no form here needs one, and none shall be anybody's."""
    long = rng.random() < 0.06
    name = rng.choice(LONG) if long else rng.choice(SURNAMES) + rng.choice(GIVEN)
    return PartyWords(
        "natural",
        name,
        gender=rng.choice(("男", "女")),
        phone=f"000{rng.randrange(10**8):08d}",
        district=f"示范市{rng.choice(STREETS)}",
    )


def company(rng: Random) -> PartyWords:
    name = f"示范市{rng.choice(FIRMS)}{rng.choice(FIRMS)}{rng.choice(TRADES)}"
    return PartyWords(
        "legal",
        name,
        district=f"示范市{rng.choice(STREETS)[:4]}",
        representative=rng.choice(SURNAMES) + rng.choice(GIVEN),
    )


def head(rng: Random) -> str:
    """Of an agency."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)
