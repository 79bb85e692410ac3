"""Numbers under concurrency: real transactions on real PostgreSQL."""

import random
import threading

import pytest
from django.db import connection

from services.documents import actions
from services.documents.models import NumberCounter, OfficialDocument
from tests.city import make_city
from tests.paperwork import AT, issue, make_draft, rolled_back

WRITERS, EACH = 6, 4


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_neither_gap_nor_twin():
    city = make_city()
    drafts = [[make_draft(city) for _n in range(EACH)] for _writer in range(WRITERS)]
    failures: list[BaseException] = []

    def write(mine, seed):
        source = random.Random(seed)
        try:
            for draft in mine:
                if source.random() < 0.5:
                    with rolled_back():
                        issue(city, draft)
                issue(city, draft)
        except BaseException as failure:  # noqa: BLE001 - told to the test's own thread
            failures.append(failure)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=write, args=(mine, seed)) for seed, mine in enumerate(drafts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    taken = sorted(OfficialDocument.objects.values_list("sequence", flat=True))
    assert taken == list(range(1, WRITERS * EACH + 1))
    assert NumberCounter.objects.get().value == WRITERS * EACH


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_render_a_document_once():
    city = make_city()
    document = issue(city, make_draft(city))
    from_threads: list[object] = []

    def claim():
        from_threads.append(actions.claim(document.pk, at=AT))
        connection.close()

    threads = [threading.Thread(target=claim) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(found is not None for found in from_threads) == 1
