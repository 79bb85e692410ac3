"""An office messenger that really listens, for tests of what is posted to it."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

SECRET = "a-secret-of-the-messenger-of-the-office"


class Office(ThreadingHTTPServer):
    """A messenger: keeps what it was sent, and answers `status`, or not before `awake`."""

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Desk)
        self.status, self.headers, self.got = 200, {}, []
        self.awake = Event()
        self.awake.set()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/hook?room=7"


class Desk(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.server.awake.wait(timeout=20)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *words):
        pass


@pytest.fixture
def offices():
    running = []

    def start():
        office = Office()
        Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        running.append(office)
        return office

    yield start
    for office in running:
        office.awake.set()
        office.shutdown()
        office.server_close()


@pytest.fixture
def office(offices, settings):
    found = offices()
    settings.MESSENGER_URL, settings.MESSENGER_SECRET = found.address, SECRET
    settings.SITE_URL = "https://liaison.example.test"
    return found
