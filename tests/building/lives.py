"""Many applications at once, with every kind of ending."""

from random import Random

from ingest.contracts.onestop import Status
from ingest.log.protocol import Entry
from tests.building.events import an_application, progress


def some_lives(count: int) -> list[Entry]:
    """Applications with four records each: early, on the date, late, paused by a transition, still open, moved."""
    random = Random(7)
    lives: list[Entry] = []
    for number in range(count):
        day = random.randrange(5, 25)
        filed = an_application(f"H52-{number:05}").at_unit(random.choice(["03980", "04033", "03985"]))
        begun = (filed.online() if number % 3 else filed).received(f"2026-01-{day:02} 09:00", due="2026-01-27 17:00")
        lives += [begun.sync(), begun.in_progress(f"2026-01-{day:02} 10:00").sync()]
        if number % 5 == 0:
            lives.append(progress(begun.code, Status.PAYMENT_AWAITED, f"2026-01-{day + 1:02} 08:00", begun.state.unit))
        if number % 7 == 0:
            begun = begun.at_unit("03997").in_progress(f"2026-01-{day + 2:02} 08:00")
            lives.append(begun.sync())
        if number % 4:
            ended = begun.settled(f"2026-01-{random.randrange(day + 3, 31):02} 15:00")
            lives += [ended.sync(), ended.returned("2026-01-31 08:00").sync()]
    return lives
