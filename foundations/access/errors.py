class RuleBroken(Exception):
    """A rule refused the request: 409 on a page, problem details in the API.

    `code` is stable and for machines, `message` is for people; `field` names the form
    field that the message belongs beside, if there is one. `version` is the row's own
    where the caller saw an older one.
    """

    def __init__(
        self, code: str, message: str, field: str = "", *, version: int | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.version = version
