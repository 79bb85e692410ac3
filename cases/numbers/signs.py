"""What slips into a number while it is typed, copied or scanned, and how it is put right.

Pure. Each fix is a function of the text; that it changed anything is the slip.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Fix = Callable[[str], str]
Slip = tuple[str | Promise, Fix]

OPEN = r"[(（\[［【〔〖｛{〈《<＜⟨「﹙﹝⦅❨]"
CLOSE = r"[)）\]］】〕〗｝}〉》>＞⟩」﹚﹞⦆❩]"
HAN = "[一-鿿]"
PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新兵"
YEAR = re.compile(rf"{OPEN}(\d{{4}})年?{CLOSE}")
HAN_YEAR = re.compile(rf"({OPEN})([0-9Oo〇○◯零一二三四五六七八九]{{4}})(年?{CLOSE})")
HAN_FIGURES = str.maketrans("〇○◯零一二三四五六七八九Oo", "000012345678900")
LETTERS = str.maketrans("OoОоΟοlI|", "000000111")
FIGURES = re.compile(r"(?<![A-Za-z])[0-9OoОоΟοlI|]+(?![A-Za-z])")
LABEL = re.compile(r"^(?:案号|文号|编号)[:：]?")
TAIL = re.compile(
    r"(?:(?:行政|民事|刑事|执行)?(?:赔偿)?(?:判决|裁定|调解|决定|通知)书|一案|案)?[。.，,；;、]*$"
)
KANGXI = range(0x2E80, 0x2FE0)
SUFFIX_FIGURES = re.compile(r"之(\d{1,2})(?=号?$)")
HAN_NUMBERS = "零一二三四五六七八九十"


def compact(text: str) -> str:
    """Without spaces, and without what cannot be seen."""
    shown = (one for one in "".join(text.split()) if unicodedata.category(one)[0] != "C")
    return "".join(shown)


def half_width(text: str) -> str:
    """Figures and letters as keyboards give them, signs of old character sets as usual ones."""
    return "".join(_usual(one) for one in text).replace("號", "号")


def _usual(sign: str) -> str:
    if unicodedata.category(sign)[0] in "NL" or ord(sign) in KANGXI:
        return unicodedata.normalize("NFKC", sign)
    return sign


def alone(text: str) -> str:
    """Without “案号：” before and “判决书” or a full stop after the number."""
    bare = LABEL.sub("", text)
    end = max(bare.rfind("号"), 0)
    return bare[:end] + TAIL.sub("", bare[end:])


def arabic_year(text: str) -> str:
    def figures(found: re.Match[str]) -> str:
        if found[2].isascii():
            return found[0]
        return f"{found[1]}{found[2].translate(HAN_FIGURES)}{found[3]}"

    return HAN_YEAR.sub(figures, text, count=1)


def figures_for_letters(text: str) -> str:
    """O and l where figures stand, O5O3 or l2号; no number has Latin letters."""
    return FIGURES.sub(lambda found: found[0].translate(LETTERS), text)


REPAIRS: tuple[tuple[re.Pattern[str], str], ...] = (
    # The bracket behind the year read as a figure or a letter, or lost: 〔2018l1号, 〔20181
    (re.compile(rf"({OPEN}\d{{4}})[lI|!](?=\d|{HAN})"), r"\1）"),
    (re.compile(rf"^({OPEN}\d{{4}})1(?={HAN})"), r"\1）"),
    (re.compile(rf"({OPEN}\d{{4}})(?=\d+号?$)"), r"\1）"),
    (re.compile(rf"^({OPEN}\d{{4}})(?={HAN})(?!年)"), r"\1）"),
    # The bracket before it lost: 2026）鄂0503…, 示法建2026〕7号
    (re.compile(rf"^(\d{{4}}{CLOSE})"), r"（\1"),
    (re.compile(rf"(?<={HAN})(\d{{4}}{CLOSE})"), r"（\1"),
    # Both lost, where the code of a court says that a year stood there.
    (re.compile(rf"^(\d{{4}})年?(?=[{PROVINCES}](?:\d{{2}}|{HAN})|最高法)"), r"（\1）"),
)


def whole_brackets(text: str) -> str:
    whole = text
    for pattern, repaired in REPAIRS:
        whole = pattern.sub(repaired, whole, count=1)
    if whole == text:
        return text
    return round_year(whole) if YEAR.match(whole) else square_year(whole)


def round_year(text: str) -> str:
    return YEAR.sub(r"（\1）", text, count=1)


def square_year(text: str) -> str:
    return YEAR.sub(r"〔\1〕", text, count=1)


def without_zi_di(text: str) -> str:
    return re.sub(r"(?:字第?|第)(?=\d+)", "", text, count=1)


def without_di(text: str) -> str:
    return text.replace("〕第", "〕", 1)


def without_zeros(text: str) -> str:
    """The last run of figures is the ordinal."""
    return re.sub(r"(?<!\d)0+(?=\d+号?(?:之\D+号?)?$)", "", text)


def suffix_in_words(text: str) -> str:
    """之1 and 12之一号 are written 号之一. 12-15号 is left: it names several cases."""
    text = SUFFIX_FIGURES.sub(lambda found: f"之{_words(int(found[1]))}", text)
    return re.sub(r"(\d)号?(之[一二三四五六七八九十]+)号?$", r"\1号\2", text)


def _words(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return HAN_NUMBERS[ones]
    lead = HAN_NUMBERS[tens] if tens > 1 else ""
    return f"{lead}十{HAN_NUMBERS[ones] if ones else ''}"


def with_hao(text: str) -> str:
    return re.sub(r"(\d)$", r"\1号", text)


ANY: tuple[Slip, ...] = (
    (_("spaces and invisible characters are left out"), compact),
    (_("figures and signs are half-width"), half_width),
    (_("words around the number are left out"), alone),
    (_("the year is written in Arabic figures"), arabic_year),
    (_("the brackets of the year are completed"), whole_brackets),
    (_("letters that stood for figures are figures"), figures_for_letters),
)
COURT: tuple[Slip, ...] = (
    (_("the year of a case stands in （ ）"), round_year),
    (_("numbers since 2016 have neither 字 nor 第"), without_zi_di),
    (_("the suffix is written 号之一"), suffix_in_words),
    (_("the ordinal has no leading zeros"), without_zeros),
    (_("号 is added"), with_hao),
)
OLDER: tuple[Slip, ...] = (COURT[0], COURT[4])
BRACKETS: tuple[Slip, ...] = ((_("the year of a document stands in 〔 〕"), square_year),)
DOCUMENT: tuple[Slip, ...] = (
    (_("the ordinal has no 第"), without_di),
    COURT[3],
    COURT[4],
)


def put_right(text: str, slips: Iterable[Slip]) -> tuple[str, list[str]]:
    """The text after every fix, and what had to be fixed, in words."""
    found = []
    for words, fix in slips:
        after = fix(text)
        if after != text:
            found.append(str(words))
        text = after
    return text, found
