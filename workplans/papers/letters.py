"""督办函 on a task that a unit did not report on."""

from mechanisms.queries import provision
from suggestions.papers.words import broken, long_day, quoted, self_name
from workplans.models import SupervisionLetter


def letter_title(letter: SupervisionLetter) -> str:
    task = letter.term.unit.task
    return f"关于督促报送{quoted(task.task_list.title)}第{task.label}项进展情况的督办函"


def letter_context(letter: SupervisionLetter) -> dict:
    """As things stand on the day of the letter."""
    term, sender = letter.term, letter.by_organization
    person = letter.by.person if letter.by else None
    title = letter_title(letter)
    return {
        "title": broken(title, ""),
        "paper": "督办函",
        "red_head": sender.name,
        "issuer": sender.name,
        "own": self_name(sender),
        "number": letter.number,
        "own_number": letter.number,
        "level": "督办",
        "addressees": [term.unit.organization.name],
        "reply_to": self_name(sender),
        "duty": "报送",
        "history": history(letter),
        "reasons": [letter.reason] if letter.reason else [],
        "basis": basis(letter),
        "due": long_day(letter.due_on),
        "signer": sender.name,
        "date": long_day(letter.on),
        "person": {
            "name": str(letter.by) if letter.by else "",
            "phone": person.phone if person else "",
        },
        "copy_to": [],
        "mark": "",
    }


def history(letter: SupervisionLetter) -> list[str]:
    """What the list asks of the unit, and what was not seen by the day of the letter."""
    term = letter.term
    task = term.unit.task
    late = (letter.on - term.asked_by).days
    measure = task.measure if len(task.measure) <= 120 else f"{task.measure[:120]}……"
    return [
        f"{quoted(task.task_list.title)}第{task.label}项列你单位为责任单位，工作措施为：“{measure}”",
        f"该项{term.name}进展情况应于{long_day(term.asked_by)}前报送；"
        f"截至{long_day(letter.on)}，未见你单位报送{f'，已逾期{late}日' if late > 0 else ''}。",
    ]


def basis(letter: SupervisionLetter) -> str:
    task = letter.term.unit.task
    mechanism = task.task_list.mechanism
    number = task.provision_number
    clause = provision(mechanism, number, letter.on) if number else None
    return f"{quoted(mechanism.title)}{clause.clause}" if clause else ""
