"""Workers that run at the same moment, each on a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection


def together(*works: Callable[[], object]) -> list:
    """What each of them answered, or the exception that ended it."""
    start, answers = Barrier(len(works)), {}

    def run(number, work):
        start.wait()
        try:
            answers[number] = work()
        except BaseException as failure:  # noqa: BLE001 - told to the test's own thread
            answers[number] = failure
        finally:
            connection.close()

    threads = [Thread(target=run, args=given) for given in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(works))]
