"""Open applications to measure the queue with: of many procedures, due soon and late, some waiting; seeded."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.onestop import RECORDED, ApplicationRecorded, Channel, Status
from ingest.contracts.registry import dataschema
from ingest.contracts.rules import Level, Procedure, RegisterAdopted
from ingest.log.protocol import Entry
from ingest.rules.adoption import entries_for
from ioc.bench.events import AGENCIES, SOURCE

PROCEDURES: Final = 500
FIELDS: Final = 24
_WORDS: Final = (
    "Đăng ký", "Cấp", "Cấp lại", "Xác nhận", "Chứng thực", "Thay đổi", "Thu hồi", "khai sinh", "khai tử", "kết hôn",
    "đất đai", "xây dựng", "kinh doanh", "thường trú", "hộ tịch", "bản sao", "giấy phép", "quyền sử dụng",
)  # fmt: skip
_UNDER_WAY: Final = (Status.RECEIVED, Status.IN_PROGRESS, Status.IN_PROGRESS, Status.IN_PROGRESS)


def register(now: datetime, partitions: int) -> Sequence[Entry]:
    """The register of the procedures, which gives them their names."""
    dice = Random(1)  # noqa: S311 - repeatable, not secret
    procedures = tuple(
        Procedure(
            code=f"1.{number:06}", name=f"{' '.join(dice.sample(_WORDS, 5))} {number}",
            field=f"G09-LV{number % FIELDS:02}", level=Level.DISTRICT if number % 3 == 0 else Level.COMMUNE, term=5,
        )
        for number in range(PROCEDURES)
    )  # fmt: skip
    return entries_for(RegisterAdopted(version="bench", procedures=procedures), partitions, now)


def open_cases(count: int, now: datetime) -> Iterator[Entry]:
    """Each with two or three events: received within the last sixty days, due from five days ago to forty ahead."""
    dice = Random(2)  # noqa: S311 - repeatable, not secret
    for number in range(count):
        received = now - timedelta(minutes=dice.randrange(60, 60 * 24 * 60))
        due = now + timedelta(minutes=dice.randrange(-5 * 24 * 60, 40 * 24 * 60))
        step = received + (now - received) * dice.random()
        agency, unit = dice.choice(list(AGENCIES.items()))
        case = (f"{agency}-{received:%y%m%d}-Q{number:06}", agency, unit, dice.randrange(PROCEDURES))
        moments = {"received_at": received, "due_at": max(due, received + timedelta(hours=1))}
        yield _told(case, Status.NEW, received - timedelta(minutes=20), {})
        yield _told(case, dice.choice(_UNDER_WAY), received, moments)
        if number % 8 == 0:
            waiting = dice.choice((Status.SUPPLEMENT_AWAITED, Status.PAYMENT_AWAITED))
            yield _told(case, waiting, step, moments)


def moving(count: int, now: datetime, first: int) -> Sequence[Entry]:
    """So many events of work going on: an application comes, is taken up and is settled, a hundred at a time."""
    found: list[Entry] = []
    while len(found) < count:
        cases = [
            (f"{agency}-{now:%y%m%d}-M{first + number:06}", agency, unit, (first + number) % PROCEDURES)
            for number, (agency, unit) in zip(range(100), list(AGENCIES.items()) * 20, strict=False)
        ]
        received = now - timedelta(hours=2)
        moments = {"received_at": received, "due_at": now + timedelta(days=1 + first % 20)}
        for status, at, more in (
            (Status.RECEIVED, received, {}), (Status.IN_PROGRESS, received + timedelta(hours=1), {}),
            (Status.SETTLED, now, {"ended_at": now}),
        ):  # fmt: skip
            found += [_told(case, status, at, moments | more) for case in cases]
        first += 100
    return found[:count]


def _told(case: tuple[str, str, str, int], status: Status, at: datetime, moments: dict[str, datetime]) -> Entry:
    code, agency, unit, procedure = case
    state = ApplicationRecorded(
        application=code, procedure=f"1.{procedure:06}", field=f"G09-LV{procedure % FIELDS:02}",
        field_name=f"Lĩnh vực {procedure % FIELDS}", agency=agency, unit=unit, status=status,
        channel=Channel.ONLINE if procedure % 7 else Channel.DIRECT, **moments,  # type: ignore[arg-type] # dates by name
    )  # fmt: skip
    envelope = Envelope(
        id=f"{code}/{status}", source=SOURCE, type=RECORDED, subject=code, time=at, dataschema=dataschema(RECORDED),
        data=wrap(state),
    )  # fmt: skip
    return Entry(code, encode_envelope(envelope))
