from typing import Any

from services.documents.forms import FilesForm


class KeepFilesForm(FilesForm):
    """Files for a matter, under one declaration."""

    def given(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"files": given["file"], "declared": given["declared"]}
