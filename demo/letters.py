"""Two years of suggestions: what each letter says, and how each addressee took it.

The story counts in days before today, negative ones ahead; what is so named moves to a
working day: the past to one before it, what is to come to one after it.
"""

from datetime import date, datetime

from demo.addressees import follow
from demo.city import City
from demo.diary import Diary
from members.models import Organization, User
from members.states import Side
from suggestions.actions.letters import (
    create_letter,
    issue_letter,
    sign_copy,
    withdraw_letter,
)
from suggestions.actions.proposals import notice_classes
from suggestions.actions.wording import LetterWords
from suggestions.models import Suggestion
from suggestions.states import Form, Kind

DIVISIONS = {"court": "division", "gov": "section", "justice": "section"}
PHONE = "0000-8010036"
WRITTEN_BEFORE = 6


def tell_letters(city: City, diary: Diary, story: list[dict]) -> None:
    for words in story:
        _Letter(city, diary, words).tell()
    noticed = city.ago(1)
    diary.enter(noticed, "02:10", lambda at: notice_classes(on=noticed, at=at))


class _Letter:
    """One letter of the story; `letter` is there once it was written."""

    def __init__(self, city: City, diary: Diary, words: dict) -> None:
        self.city, self.diary, self.words = city, diary, words
        self.letter: Suggestion | None = None

    @property
    def issuer(self) -> Organization:
        return self.city.units[self.words["issuer"]]

    @property
    def handler(self) -> User:
        return self.city.clerk(self.issuer.key)

    @property
    def row(self) -> Suggestion:
        if self.letter is None:
            raise LookupError(self.words["title"])
        return self.letter

    def tell(self) -> None:
        words = self.words
        written = words.get("written", words.get("issued", 0) + WRITTEN_BEFORE)
        self.diary.enter(self.city.ago(written), "09:25", self._write)
        if "issued" not in words:
            return
        self.diary.enter(self.city.ago(words["issued"]), "09:40", self._issue)
        if words.get("copies") and words.get("copies_signed", True):
            self.diary.enter(self.city.ago(words["issued"] - 2), "10:05", self._sign_copies)
        for line in words["addressees"]:
            follow(self.city, self.diary, self.issuer, line, lambda: self.row)
        if "withdrawn" in words:
            given = words["withdrawn"]
            self.diary.enter(
                self.city.ago(given["day"]),
                "16:20",
                lambda at: withdraw_letter(
                    self.row.pk, actor=self.handler, at=at, reason=given["reason"]
                ),
            )

    def _write(self, at: datetime) -> None:
        self.letter = create_letter(
            self.city.mechanism.pk, actor=self.handler, at=at, words=self._letter_words(at.date())
        )

    def _letter_words(self, on: date) -> LetterWords:
        words, units = self.words, self.city.units
        division = units.get(DIVISIONS.get(self.issuer.key, ""))
        return LetterWords(
            kind=words["kind"],
            form=words.get("form", ""),
            issuer=self.issuer,
            division=division,
            handler=self.handler,
            title=words["title"],
            area=words["area"],
            triggers=tuple(words.get("triggers", ())),
            background=words["background"],
            legal_basis=words["basis"],
            reply_length=words.get("reply_length"),
            contact=self.handler.display_name,
            contact_phone=PHONE,
            problems=tuple(
                (one["text"], one.get("advice", ""), one.get("tag", ""))
                for one in words["problems"]
            ),
            cases=tuple(
                (f"（{on.year}）{case['number']}", case.get("note", ""))
                for case in words.get("cases", ())
            ),
            addressees=tuple(units[line["unit"]].pk for line in words["addressees"]),
            copies=tuple(units[key].pk for key in words.get("copies", ())),
            **self._steps(),
        )

    def _steps(self) -> dict:
        """Of a letter on comprehensive governance: heard, deliberated on, signed."""
        words = self.words
        if words.get("form") != Form.COMPREHENSIVE:
            return {}
        return {
            "heard_on": self.city.ago(words["issued"] + 15),
            "heard_note": words["heard"],
            "deliberated_on": self.city.ago(words["issued"] + 9),
            "signed_on": self.city.ago(words["issued"] + WRITTEN_BEFORE),
            "signed_by": "沈若谷",
        }

    def _issue(self, at: datetime) -> None:
        number = self._typed_number(at.year)
        issue_letter(self.row.pk, actor=self.handler, at=at, on=at.date(), number=number)

    def _typed_number(self, year: int) -> str:
        """The procuratorate numbers its letters itself."""
        if self.words["kind"] != Kind.PROCURATORIAL:
            return str(self.words.get("number", "")).format(year=year)
        given = Suggestion.objects.filter(
            kind=Kind.PROCURATORIAL, issuer=self.issuer, issued_on__year=year
        )
        return f"示检建〔{year}〕{given.count() + 1}号"

    def _sign_copies(self, at: datetime) -> None:
        """Of the government and the justice bureau: their officer signs for both."""
        officer = self.city.officer(Side.GOVERNMENT)
        for copy in self.row.copies.filter(organization__key__in=["gov", "justice"]):
            sign_copy(copy.pk, actor=officer, at=at)
