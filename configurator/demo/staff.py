"""Who works in the demo shop. These sign-ins are public: settings lets them exist on a loopback address only."""

from sqlmodel import Session, select

from configurator.staff.hiring import hire_clerk, hire_maker, set_up_terminal
from configurator.staff.rows import Maker

MAKER = ("deniz@lot-one.example", "Deniz", "make-it-well")
TERMINAL_KEY = "demo-terminal-bremen"
CLERK = ("Jana", "4471")
SECOND_CLERK = ("Tariq", "2280")

SIGN_INS = (
    f"Workshop sign-in   {MAKER[0]}, password {MAKER[2]}",
    f"Counter sign-in    terminal key {TERMINAL_KEY}, then the PIN of {CLERK[0]}, {CLERK[1]}, "
    f"or of {SECOND_CLERK[0]}, {SECOND_CLERK[1]}",
)


def take_on(session: Session, *, plant: str, store: str) -> None:
    """Hire everybody, once."""
    if session.exec(select(Maker.id)).first() is not None:
        return
    hire_maker(session, MAKER[0], MAKER[1], MAKER[2], plant)
    set_up_terminal(session, "Counter Bremen 1", store, TERMINAL_KEY)
    for name, pin in (CLERK, SECOND_CLERK):
        hire_clerk(session, name, store, pin)
