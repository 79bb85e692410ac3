"""The broker of the embedded mode: messages in files."""

from queue import Empty

import pytest
from kombu import Connection

from liaison_portal.broker import Transport


class Looked:
    """Has a word of the message only after it was looked for in the queue."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def __json__(self) -> str:
        with self.connection.SimpleQueue("papers") as queue, pytest.raises(Empty):
            queue.get_nowait()
        return "whole"


@pytest.fixture
def connection(tmp_path):
    folders = ("queue", "done", "control")
    for name in folders:
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "processed_folder": str(tmp_path / "done"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection("filesystem://", transport=Transport, transport_options=options) as made:
        yield made


def test_a_message_is_found_only_when_it_is_whole(connection):
    with connection.SimpleQueue("papers") as queue:
        queue.put({"paper": 7}, headers={"word": Looked(connection)})

        found = queue.get_nowait()

    assert (found.payload, found.headers["word"]) == ({"paper": 7}, "whole")
