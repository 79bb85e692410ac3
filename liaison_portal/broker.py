"""The broker made of files, with whole messages only."""

import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Under a name that no worker looks for until all is written: one that takes up a
        message without words ends with an error."""
        name = f"{time.monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg"
        part = Path(self.data_folder_out, f"{name}.part")
        part.write_text(dumps(payload), encoding="utf-8")
        part.replace(part.with_suffix(""))


class Transport(filesystem.Transport):
    Channel = Channel
