"""A virus scanner of the office's own, played by a real script."""

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from foundations.access.errors import RuleBroken
from services.documents.attachments import attach
from services.documents.models import Attachment
from tests.gatherings import make_meeting
from tests.paperwork import AT

INFECTED = "一段 VIRUS 文字".encode()
SCRIPT = """#!/bin/sh
echo "$2" > {seen}
test "$1" = --quiet || exit 9
if grep -q VIRUS "$2"; then exit 1; fi
exit 0
"""


@pytest.fixture
def give(city):
    meeting = make_meeting(city)

    def given(content: bytes) -> Attachment:
        return attach(
            meeting,
            SimpleUploadedFile("说明.txt", content),
            actor=city.users["gov_officer"],
            at=AT,
            jurisdiction=city.jurisdiction,
            declared=True,
        )

    return given


@pytest.fixture
def scanner(tmp_path, settings):
    """scanner(text) makes a script of the text the scanner of uploads."""

    def installed(text: str) -> None:
        script = tmp_path / "scan"
        script.write_text(text, encoding="utf-8")
        script.chmod(0o700)
        settings.UPLOAD_SCANNER = [str(script), "--quiet"]
        settings.UPLOAD_SCANNER_SECONDS = 10

    return installed


def test_the_scanner_reads_every_upload_and_leaves_nothing_behind(give, scanner, tmp_path):
    seen = tmp_path / "seen"
    scanner(SCRIPT.format(seen=seen))

    kept = give(b"clean")

    assert kept.size == 5
    assert not Path(seen.read_text(encoding="utf-8").strip()).exists()


@pytest.mark.parametrize(
    ("script", "code", "said", "logged"),
    [
        pytest.param(SCRIPT, "infected", "病毒扫描程序未放行", "found something", id="found"),
        pytest.param(
            "#!/bin/sh\nexit 2\n",
            "scanner_unavailable",
            "病毒扫描程序不可用",
            "exit code 2",
            id="failed",
        ),
        pytest.param(
            "#!/bin/sh\nkill -9 $$\n",
            "scanner_unavailable",
            "病毒扫描程序不可用",
            "exit code -9",
            id="killed",
        ),
        pytest.param(
            "no script at all",
            "scanner_unavailable",
            "病毒扫描程序不可用",
            "OSError",
            id="not to be run",
        ),
    ],
)
def test_what_the_scanner_does_not_call_clean_is_refused(
    give, scanner, caplog, script, code, said, logged
):
    scanner(script.format(seen=os.devnull))

    with pytest.raises(RuleBroken) as broken:
        give(INFECTED)

    assert (broken.value.code, broken.value.field) == (code, "file")
    assert said in broken.value.message
    assert logged in caplog.text
    assert not Attachment.objects.exists()


def test_a_scanner_that_does_not_answer_is_not_waited_for(give, scanner, settings, caplog):
    scanner("#!/bin/sh\nexec sleep 20\n")
    settings.UPLOAD_SCANNER_SECONDS = 0.2

    with pytest.raises(RuleBroken) as broken:
        give(b"clean")

    assert broken.value.code == "scanner_unavailable"
    assert "TimeoutExpired" in caplog.text


def test_a_scanner_that_is_not_there_takes_nothing(give, settings, caplog):
    settings.UPLOAD_SCANNER = ["/nowhere/scan"]

    with pytest.raises(RuleBroken) as broken:
        give(b"clean")

    assert broken.value.code == "scanner_unavailable"
    assert "FileNotFoundError" in caplog.text
