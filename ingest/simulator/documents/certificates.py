"""The 97 certificates (chứng thư số) of the district: of each organ, and of the persons who sign for it.

They are valid for three years, and the next one is issued some days before: so some expire soon at any time. One
person's was let expire and one was revoked within the half year that a first run tells.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec.structs import replace

from ingest.contracts.documents import CertificateRecorded
from ingest.simulator.calendar import LOCAL
from ingest.simulator.dice import dice
from ingest.simulator.documents.bureau import Bureau
from ingest.simulator.documents.organs import Organ

CERTIFICATES: Final = 97
_GOLDEN: Final = 0.6180339887
_TERM: Final = timedelta(days=1095)
_EXPIRED_AFTER: Final = 120  # days after the first one: it is not renewed for a while
_REVOKED_AFTER: Final = 60


class Seal(NamedTuple):
    """The certificate with which an organ signs: its SHA-256, and when it holds."""

    fingerprint: str
    valid_from: datetime
    valid_until: datetime


Seals: TypeAlias = Mapping[str, Seal]
"""By the code of the organ; of outer organs, too, which sign what they send."""


class Issue(NamedTuple):
    """A certificate as it is told of at `at`."""

    at: datetime
    certificate: CertificateRecorded


def issues(bureau: Bureau, seals: Seals, begin: date) -> Mapping[date, Sequence[Issue]]:
    """What is ever told of certificates, by local day, where the first day on which anything is told is `begin`."""
    found: defaultdict[date, list[Issue]] = defaultdict(list)
    for place, (organ, kind) in enumerate(_holders(bureau)):
        seal = seals.get(organ.code) if kind == "organ" else None
        told = [_told(organ, seal, begin)] if seal is not None else _of_holder(bureau, (organ, kind), place, begin)
        for issue in told:
            found[issue.at.date()].append(issue)
    return found


def _told(organ: Organ, seal: Seal, begin: date) -> Issue:
    return Issue(
        _morning(begin),
        CertificateRecorded(
            certificate=seal.fingerprint,
            unit=str(organ.unit),
            level=organ.level,
            kind="organ",
            valid_from=seal.valid_from,
            valid_until=seal.valid_until,
        ),
    )


Kind: TypeAlias = Literal["organ", "person"]


def _holders(bureau: Bureau) -> list[tuple[Organ, Kind]]:
    """Who holds a certificate: all organs, and persons, three in ten of them at the district."""
    organs: list[tuple[Organ, Kind]] = [(organ, "organ") for organ in bureau.organs]
    rest = CERTIFICATES - len(organs)
    at_district = rest * 3 // 10
    persons: list[tuple[Organ, Kind]] = [(bureau.district, "person")] * at_district
    communes = bureau.communes
    persons += [(communes[number % len(communes)], "person") for number in range(rest - at_district)]
    return organs + persons


def _of_holder(bureau: Bureau, holder: tuple[Organ, Kind], place: int, begin: date) -> Iterator[Issue]:
    """One after the other, each told when it is issued; the first one when the telling begins."""
    rng = dice(bureau.seed, "certificate", place)
    start, last = _morning(begin), place == CERTIFICATES - 1
    spread = (place * _GOLDEN + dice(bureau.seed, "certificates").random()) % 1  # so that about as many end each month
    ends = start + timedelta(days=_EXPIRED_AFTER if last else 20 + int(spread * 1070))
    told, number = start, 0
    while number < 4:
        data = _certificate(bureau, holder, (place, number), ends)
        yield Issue(told, data)
        if place == CERTIFICATES - 2 and number == 0:
            revoked = start + timedelta(days=_REVOKED_AFTER, hours=2)
            yield Issue(revoked, replace(data, revoked_at=revoked))
            ends = revoked
        renewed = timedelta(days=75) if last and number == 0 else -timedelta(days=6 + int(rng.random() * 20))
        told, number = max(start, ends + renewed), number + 1
        ends = told + _TERM


def _certificate(
    bureau: Bureau, holder: tuple[Organ, Kind], place: tuple[int, int], ends: datetime
) -> CertificateRecorded:
    organ, kind = holder
    mark = f"{bureau.seed}:{organ.code}:{kind}:{place[0]}:{place[1]}"
    return CertificateRecorded(
        certificate=sha256(mark.encode()).hexdigest(),
        unit=str(organ.unit),
        level=organ.level,
        kind=kind,
        valid_from=ends - _TERM,
        valid_until=ends,
    )


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 0, 1, tzinfo=LOCAL)
