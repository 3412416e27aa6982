"""What citizens say: evaluation forms (phiếu đánh giá) after a result, petitions (phản ánh, kiến nghị) on any day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from ingest.contracts.feedback import EvaluationRecorded, PetitionRecorded, Verdict
from ingest.contracts.onestop import Status
from ingest.simulator.calendar import DAY, OfficeCalendar, calendar_of
from ingest.simulator.chance import Ask, chance
from ingest.simulator.demand import online_moment
from ingest.simulator.dice import Wheel, dice
from ingest.simulator.district import District
from ingest.simulator.life import Filing, Step, is_late
from ingest.simulator.moves import heir_of
from ingest.simulator.notice import Notice
from ingest.simulator.profile import Profile
from ingest.simulator.shops import Shop

PETITION_TERM = 10
"""Working days within which the simulated district promises an answer (C: a usual local rule)."""


def evaluations(
    profile: Profile, filing: Filing, steps: Sequence[Step], shop_at: Callable[[datetime], Shop]
) -> tuple[Notice, ...]:
    """The form that was filled in about an application, if any: soon after its result, nearly always a good one."""
    salt = filing.salt
    returned = next((step for step in steps if step.status is Status.RETURNED), None)
    if returned is None or chance(salt, Ask.EVALUATED) >= profile.evaluated:
        return ()
    at = returned.at + timedelta(seconds=60 + int(chance(salt, Ask.EVALUATED_WHEN) ** 4 * 2 * 86_400))
    late = is_late(steps)
    verdict = _verdict(chance(salt, Ask.VERDICT), profile.poor_if_late if late else 0.002)
    form = EvaluationRecorded(
        form=f"PDG-{salt:012x}",
        unit=shop_at(returned.at).unit,
        at=at,
        verdict=verdict,
        complaint=verdict is Verdict.POOR and chance(salt, Ask.COMPLAINT) < 0.5,
        application=filing.code if chance(salt, Ask.NAMED) < 0.85 else None,
    )
    return (Notice(at + timedelta(seconds=3), at, 1, form),)


def petitions(district: District, day: date) -> Iterator[Notice]:
    """Everything that is ever told of the petitions received on a local day."""
    rng = dice(district.seed, district.profile.name, day, "petitions")
    calendar = calendar_of(day.year)
    wheel = Wheel.of([shop.weight for shop in district.shops])
    expected = district.profile.petitions_a_day
    for number in range(int(expected * 2 * rng.random() + rng.random())):
        shop = district.shops[wheel.draw(rng)]
        name = f"PAKN-{day:%y%m%d}-{number + 1:03d}"
        yield from _petition(district, shop, name, online_moment(day, rng), calendar, rng)


def _petition(
    district: District, shop: Shop, name: str, received_at: datetime, calendar: OfficeCalendar, rng: Random
) -> Iterator[Notice]:
    """A petition as it comes in, as it is answered, and as the citizen says whether that satisfies."""
    salt = rng.getrandbits(48)
    due_at = calendar.close_after(received_at, PETITION_TERM)
    answered_at = calendar.add(received_at, int(_days_to_answer(rng) * DAY))
    rated_at = answered_at + timedelta(hours=1 + 70 * rng.random())
    satisfied = rng.random() < (0.9 if answered_at.date() <= due_at.date() else 0.4)
    told: list[tuple[datetime, datetime | None, bool | None]]
    told = [(received_at, None, None), (answered_at, answered_at, None)]
    if rng.random() < 0.6:
        told.append((rated_at.replace(microsecond=0), answered_at, satisfied))
    merger = district.merger
    for number, (happened, answered, rated) in enumerate(told):
        ours = heir_of(merger, shop, salt) if merger is not None and happened >= merger.at else shop
        state = PetitionRecorded(
            petition=name,
            unit=ours.unit,
            received_at=received_at,
            due_at=due_at,
            answered_at=answered,
            satisfied=rated,
        )
        yield Notice(happened + timedelta(seconds=2 + int(rng.random() * 30)), happened, number, state)


def _days_to_answer(rng: Random) -> float:
    """Working days: most within the term, some after it, a few after months."""
    aim = rng.random()
    if aim < 0.93:
        return 0.5 + rng.random() * (PETITION_TERM - 1.5)
    return PETITION_TERM + 1 + rng.random() * (8 if aim < 0.98 else 50)


def _verdict(aim: float, poor: float) -> Verdict:
    if aim < poor:
        return Verdict.POOR
    return Verdict.ACCEPTABLE if aim < poor + 0.006 else Verdict.GOOD
