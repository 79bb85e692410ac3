"""How a clause is named where it is cited: 制度三（一）, 意见第五条."""

import re

NUMERALS = "一二三四五六七八九十第"
KIND = re.compile(r"(制度|机制|意见|方案|办法|规定|规则|规程|细则|章程|协议|措施|要点|纪要|通知)$")
# （试行）, （暂行） and 》 stand behind the word that says what the document is.
TAIL = re.compile(r"(?:（[^（）]*）|\([^()]*\)|[》\s])+$")


def citation(head: dict, clause: str) -> str:
    """`clause` behind the short name of its document; `head` is the profile's `mechanism`.

    What is no numbered place (印发通知, 附件) stands for itself.
    """
    return f"{_cited_as(head)}{clause}" if clause[:1] in NUMERALS else clause


def _cited_as(head: dict) -> str:
    """The profile's own word, else the last word of the title: what kind of document it is."""
    kind = KIND.search(TAIL.sub("", head["title"]))
    return head.get("cited_as") or (kind.group() if kind else f"《{head['short_title']}》")
