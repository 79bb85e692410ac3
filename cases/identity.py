"""身份证号 and 统一社会信用代码: the usual form, and what is wrong with one, in a sentence.

The check digits are those of python-stdnum. Its list of division codes is older than some
cards, and it refuses credit codes of collectives (N2…); neither refuses a number here.
"""

import re
from datetime import date

from django.utils.translation import gettext as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from cases.states import PartyKind

LENGTH = 18
DISTRICT = re.compile(
    r"(?:.{2,10}?(?:自治区|省))?(?:.{2,10}?(?:自治州|地区|盟|市))?"
    r"(?:.{1,10}?(?:(?<![小社])区|县|旗|市))?"
)
CREDIT_SIGNS = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
LOOK_ALIKE = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def usual(number: str) -> str:
    """Without spaces and hyphens, half-width, upper case."""
    plain = number.translate(FULL_WIDTH)
    return "".join(sign for sign in plain if sign.isalnum()).upper()


def code_fault(kind: str, number: str, *, on: date) -> str:
    """What is wrong with the number of a party of `kind`; "" if it is right or empty."""
    if not number.strip():
        return ""
    return id_fault(number, on=on) if kind == PartyKind.NATURAL else credit_fault(number)


def id_fault(number: str, *, on: date) -> str:
    """What is wrong with a resident's identity number; nobody is born after `on`."""
    plain = usual(number)
    if len(plain) != LENGTH:
        return _("An identity number has 18 signs; this one has %(n)d.") % {"n": len(plain)}
    if not (plain[:-1].isascii() and plain[:-1].isdigit()):
        return _("An identity number has 17 figures and one more figure or X.")
    born = birth_of(plain)
    if born is None or born > on:
        return _("Places 7 to 14 (%(part)s) are no possible date of birth.") % {
            "part": plain[6:14]
        }
    return _check_digit(plain, ric.calc_check_digit(plain))


def credit_fault(number: str) -> str:
    """What is wrong with a unified social credit code."""
    plain = usual(number)
    if len(plain) != LENGTH:
        return _("A credit code has 18 signs; this one has %(n)d.") % {"n": len(plain)}
    strange = next((sign for sign in plain if sign not in CREDIT_SIGNS), "")
    if strange:
        near = LOOK_ALIKE.get(strange, "")
        message = _("A credit code has no “%(sign)s”.") % {"sign": strange}
        return message + (_(" Is it “%(near)s”?") % {"near": near} if near else "")
    return _check_digit(plain, uscc.calc_check_digit(plain[:-1]))


def _check_digit(plain: str, wanted: str) -> str:
    if plain[-1] == wanted:
        return ""
    return _(
        "The last sign, the check digit, is “%(found)s”; after the 17 before it, it would be "
        "“%(wanted)s”. Compare the whole number with the document."
    ) % {"found": plain[-1], "wanted": wanted}


def birth_of(number: str) -> date | None:
    """The day of birth that an identity number holds; None for any other number."""
    plain = usual(number)
    if len(plain) != LENGTH or not plain[6:14].isdigit():
        return None
    try:
        return ric.get_birth_date(plain)
    except ValidationError:
        return None


def gender_of(number: str) -> str:
    """男 or 女, as the 17th figure of an identity number says it."""
    plain = usual(number)
    if birth_of(plain) is None or not plain[16].isdigit():
        return ""
    return "男" if int(plain[16]) % 2 else "女"


def is_known_place(number: str) -> bool:
    """Is the division code of an identity number in the list that the portal has?"""
    try:
        return bool(ric.get_birth_place(usual(number)))
    except ValidationError:
        return False


def district_of(address: str) -> str:
    """The address as far as its county or district, which is all that a page shows (P3)."""
    found = DISTRICT.match(address.strip())
    return found.group() if found else ""
