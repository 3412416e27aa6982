"""The rules that a new home begins with: those that come with the program, until its own are adopted."""

from ioc.settings import Settings


def adopt_shipped(settings: Settings, *, register: bool) -> None:
    """Bring the shipped calendar into force where none ever was, and the shipped register where that is wanted.

    The register is the simulated district's: a centre without the simulator adopts its own.
    """
    from ingest.rules.calendar_file import shipped_calendar
    from ingest.rules.register_file import shipped_register
    from ioc.adopting import adopt, read_adoptions

    known = {adoption.kind for adoption in read_adoptions(settings)}
    if "calendar" not in known:
        adopt(settings, shipped_calendar())
    if register and "procedures" not in known:
        adopt(settings, shipped_register())
