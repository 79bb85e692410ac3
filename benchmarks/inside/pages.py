"""Pages against a view that does nothing, and against their own SQL alone."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.timing import in_turns, ratio
from meetings.models import Meeting
from members.models import RoleBinding, User
from members.states import Role

ROUNDS = 25


def page_results() -> dict[str, dict]:
    officer = _officer()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(officer, backend="members.backends.AccountBackend")
    results: dict[str, dict] = {"times, ms": {}, "ratios": {}, "queries": {}}
    for name, address in _addresses(officer).items():
        _measure(results, client, name, address)
    return results


def _measure(results: dict, client: Client, name: str, address: str) -> None:
    _get(client, address)
    with CaptureQueriesContext(connection) as captured:
        _get(client, address)
    asked = [query["sql"] for query in captured]
    selects = [sql for sql in asked if sql.startswith("SELECT")]
    times = in_turns(
        {
            name: lambda: _get(client, address),
            "bare view": lambda: _get(client, "/bare/"),
            f"{name}, its SQL alone": lambda: _run(selects),
        },
        ROUNDS,
    )
    results["times, ms"] |= {key: round(value, 2) for key, value in times.items()}
    results["queries"][name] = len(asked)
    page = times[name]
    results["ratios"][f"{name} / bare view"] = ratio(page, times["bare view"])
    results["ratios"][f"{name} / its SQL"] = ratio(page, times[f"{name}, its SQL alone"])


def _officer() -> User:
    """The government's liaison officer of the demo, who has the fullest desk."""
    return RoleBinding.objects.filter(role=Role.LIAISON_OFFICER).earliest("pk").user


def _addresses(officer: User) -> dict[str, str]:
    meeting = Meeting.objects.filter(state="notified").latest("planned_on")
    return {
        "workbench": reverse("dashboards:workbench"),
        "meeting page": reverse("meetings:detail", args=[meeting.public_id]),
    }


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}.")


def _run(queries: list[str]) -> None:
    with connection.cursor() as cursor:
        for sql in queries:
            cursor.execute(sql)
            cursor.fetchall()
