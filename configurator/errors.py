"""What can be refused, and how: a refusal is a sentence a person can act on."""


class Refusal(Exception):
    """An anticipated failure. Named as the fact, defined where it is raised, carrying its sentence.

    Subclass one of the kinds below; the kind picks the HTTP status and the exit code in one place.
    """

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(Refusal):
    """What was asked for is not there."""

    status = 404


class NotAllowed(Refusal):
    """This person may not do this."""

    status = 403


class Conflict(Refusal):
    """It was right when the page was made; the world has moved on."""

    status = 409


class Invalid(Refusal):
    """What was sent cannot be used as it is; `fields` says which part and why."""

    status = 422

    def __init__(self, sentence: str, *, fields: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields = fields or {}


class TooMany(Refusal):
    """Tried too often; the sentence says when to try again."""

    status = 429


def first_line(cause: Exception) -> str:
    """What an error of a library says, without the pages of its insides that some put below."""
    return str(cause).partition("\n")[0].rstrip(" .")


class Unavailable(Refusal):
    """What the program stands on is full, gone or denied. `cause`, which str() gives, is for the log, the terminal and
    the list of failed jobs: it may name places that nobody on the pages should know."""

    status = 503

    def __init__(self, cause: str) -> None:
        super().__init__("The shop cannot do this just now. Nothing was lost: try again in a few minutes.")
        self.cause = cause

    def __str__(self) -> str:
        return self.cause
