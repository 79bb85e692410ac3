"""What lies on the disk is of no use without the field keys."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from foundations.access.sealed_files import HEAD, MARK, PIECE, TAG
from foundations.audit.models import AuditEntry
from services.documents import tasks
from services.documents.attachments import attach
from tests.paperwork import AT, issue, make_draft

NEW = "a new key of the year 2027, long enough"
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5]


@pytest.fixture(autouse=True)
def disk(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def read(name: str) -> bytes:
    with default_storage.open(name) as stored:
        return stored.read()


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def kept(city):
    """A file with the name of a person, given to a record of the city."""
    return attach(
        city.organizations["agency"],
        SimpleUploadedFile("张三的陈述.txt", "申请人张三的陈述。".encode() * 9000),
        actor=city.users["gov_officer"],
        at=AT,
        jurisdiction=city.jurisdiction,
        declared=True,
        organization=city.organizations["section"],
    )


def test_an_upload_lies_sealed_and_is_downloaded_as_it_was_given(city, as_user, disk, kept):
    given = "申请人张三的陈述。".encode() * 9000

    on_disk = (disk / kept.file.name).read_bytes()
    answer = as_user(city.users["gov_officer"]).get(kept.get_absolute_url())

    assert on_disk.startswith(MARK)
    assert "张三".encode() not in on_disk
    assert content_of(answer) == given
    assert int(answer["Content-Length"]) == kept.size == kept.file.size == len(given)


def test_a_paper_lies_sealed_and_is_read_on_its_page(city, as_user, disk):
    document = make_draft(city)
    issue(city, document)
    tasks.render_document(document.pk)

    files = list(document.files.all())
    assert len(files) == 2
    for file in files:
        address = reverse("documents:file", args=[document.public_id, file.format])
        plain = content_of(as_user(city.users["gov_officer"]).get(address))
        on_disk = (disk / file.file.name).read_bytes()
        assert on_disk.startswith(MARK)
        assert len(plain) == file.size
        assert plain[:4] in (b"%PDF", b"PK\x03\x04")
        assert plain[:1000] not in on_disk


@pytest.mark.parametrize("size", SIZES)
def test_any_size_is_read_from_any_place(size):
    given = os.urandom(size)
    name = default_storage.save("documents/x/any.bin", ContentFile(given))

    with default_storage.open(name) as stored:
        for place in (0, size // 2, max(size - 3, 0), size + 10):
            stored.seek(place)
            assert stored.read() == given[place:]

    assert default_storage.size(name) == size


CHANGES = {
    "a byte": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "its last piece cut off": lambda data: data[: HEAD + 2 * (PIECE + TAG)],
    "two pieces swapped": lambda data: (
        data[:HEAD]
        + data[HEAD + PIECE + TAG : HEAD + 2 * (PIECE + TAG)]
        + data[HEAD : HEAD + PIECE + TAG]
        + data[HEAD + 2 * (PIECE + TAG) :]
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_was_changed_on_the_disk_is_never_read(disk, change):
    name = default_storage.save("documents/x/one.bin", ContentFile(os.urandom(3 * PIECE)))
    (disk / name).write_bytes(change((disk / name).read_bytes()))

    with pytest.raises(OSError, match="changed"):
        read(name)


def test_no_server_can_send_the_sealed_bytes_past_the_portal():
    name = default_storage.save("documents/x/one.bin", ContentFile(b"one"))

    with default_storage.open(name) as stored, pytest.raises(OSError, match="fileno"):
        stored.fileno()


def test_keys_of_files_are_rotated_and_clear_ones_sealed(disk, settings, capsys, db):
    old = settings.FIELD_KEYS
    sealed = default_storage.save("documents/x/old.bin", ContentFile(b"a" * PIECE * 2))
    clear = "attachments/y/clear"
    (disk / clear).parent.mkdir(parents=True)
    (disk / clear).write_bytes(b"%PDF from before")
    assert (read(clear), default_storage.size(clear)) == (b"%PDF from before", 16)
    settings.FIELD_KEYS = [NEW, *old]

    for given in (["--dry-run"], [], []):
        call_command("rotate_field_keys", *given)

    settings.FIELD_KEYS = [NEW]
    assert (read(sealed), read(clear)) == (b"a" * PIECE * 2, b"%PDF from before")
    assert (disk / clear).read_bytes().startswith(MARK)
    assert sorted(path.name for path in disk.rglob("*") if path.is_file()) == ["clear", "old.bin"]
    assert [line for line in capsys.readouterr().out.splitlines() if "文件" in line] == [
        "文件：2 个使用旧密钥或未加密",
        "文件：2 个使用旧密钥或未加密，已更新",
        "文件：0 个使用旧密钥或未加密，已更新",
    ]
    entry = AuditEntry.objects.get(action="access.field_key.files_rotated")
    assert entry.data == {"files": 2}


def test_a_file_that_no_key_opens_is_told_and_stays(disk, settings, db):
    name = default_storage.save("documents/x/one.bin", ContentFile(b"one"))
    before = (disk / name).read_bytes()
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(CommandError, match="文件：有数据无法用现有密钥打开"):
        call_command("rotate_field_keys")

    assert (disk / name).read_bytes() == before
