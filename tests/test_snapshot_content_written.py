"""The canonical bytes of a snapshot, and the fingerprints of what decides its figures."""

import json
from pathlib import Path

import msgspec
import pytest

from stream.kpi.catalogue import read_catalogue
from stream.kpi.definition import Kpi
from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.digests import code_version, kpi_digest
from stream.snapshot.content.document import FigureFacts, Snapshot
from stream.snapshot.content.errors import NotCanonicalError, SnapshotError
from tests.building.snapshots import a_restated_snapshot, a_snapshot

KPI = """
[half]
title = {{ vi = "Nửa", en = "{title}" }}
short = {{ vi = "Nửa", en = "Half" }}
basis = {{ text = "Luật", certainty = "A" }}
source = "DongBoHoSoMC"
unit = "{unit}"
formula = "{formula}"
window = "{window}"
direction = "neutral"
digits = {digits}
no_denominator = {{ vi = "Chưa có", en = "None yet" }}
{more}
"""


def kpi(
    formula: str = "received / settled", *, title: str = "Half", unit: str = "percent", window: str = "month",
    more: str = "", digits: int = 1,
) -> Kpi:  # fmt: skip
    text = KPI.format(formula=formula, title=title, unit=unit, window=window, more=more, digits=digits)
    return read_catalogue({"a.toml": text})["half"]


@pytest.mark.parametrize("snapshot", [a_snapshot(), a_restated_snapshot(), a_snapshot(draft=True, figures=())])
def test_what_is_written_is_read_and_written_again_alike(snapshot: Snapshot) -> None:
    body = canonical(snapshot)
    assert read(body) == snapshot
    assert canonical(read(body)) == body


def test_the_bytes_are_those_of_rfc_8785() -> None:
    """Keys in order, no space, numbers as ECMAScript writes them, letters as they are."""
    snapshot = a_snapshot()
    body = canonical(snapshot)
    plain = json.loads(body)
    again = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert body == again  # where no number is one that the two write differently
    figure = FigureFacts(kpi="half", unit=None, value=2.0, numerator=1e21, denominator=-0.0)
    odd = canonical(a_snapshot(figures=(figure,)))
    assert b'{"denominator":0,"kpi":"half","numerator":1e+21,"unit":null,"value":2}' in odd
    assert "Phường Mộc Châu".encode() in odd


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda body: json.dumps(json.loads(body)).encode(), "no canonical JSON"),
        (lambda body: body + b"\n", "no canonical JSON"),
        (lambda body: body.replace(b'"area":"moc-chau",', b'"area":"x","area":"moc-chau",'), "no canonical JSON"),
        (lambda body: body.replace(b'"value":210', b'"value":210.0'), "byte [0-9]+ and on is '.0"),
        (lambda body: body.replace(b"Ph", b"\\u0050h", 1), "no canonical JSON"),
        (lambda body: body.replace(b'"area"', b'"more":1,"area"', 1), "unknown field `more`"),
        (lambda body: body.replace(b"vn.ioc.snapshot/1", b"vn.ioc.snapshot/2"), "vn.ioc.snapshot/1"),
        (lambda body: body[:-1], "truncated"),
        (lambda body: b"\xff" + body, "no snapshot"),
        (lambda body: body.replace(b"Ph\xc6\xb0", b"Ph\xc6", 1), "no snapshot"),
        (lambda body: body.replace(b'"value":210', b'"value":1e999'), "no snapshot|no canonical|can't say"),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_refused(change: object, told: str) -> None:
    assert callable(change)
    changed = change(canonical(a_snapshot()))
    assert changed != canonical(a_snapshot())
    with pytest.raises(SnapshotError, match=told):
        read(changed)


def test_a_changed_figure_is_other_bytes_and_no_error() -> None:
    body = canonical(a_snapshot()).replace(b'"value":210', b'"value":211')
    assert read(body) != a_snapshot()


def test_a_number_that_json_can_not_say_exactly_is_not_written() -> None:
    for value in (2**60 + 1, float("nan"), float("inf")):
        figure = FigureFacts(kpi="half", unit=None, value=value, numerator=None, denominator=None)
        with pytest.raises(SnapshotError, match="can't say"):
            canonical(a_snapshot(figures=(figure,)))
    with pytest.raises(NotCanonicalError):
        read(b"")


@pytest.mark.parametrize(
    "other",
    [
        kpi("settled / received"),
        kpi("received[channel='online'] / settled"),
        kpi("(received + 0) / settled"),
        kpi("min(received, 5) / settled"),
        kpi("min(received, 6) / settled"),
        kpi("otherwise(received, 5) / settled"),
        kpi("open[at='start'] / settled"),
        kpi("procedures[online='any'] / settled"),
        kpi("procedures_used[online='any'] / settled"),
        kpi("mos_points / mos_estimates"),
        kpi(window="year"),
        kpi(unit="points"),
        kpi(digits=2),
        kpi(more="since = 2026-01-01"),
        kpi(more="until = 2026-01-01"),
    ],
    ids=lambda other: other.definition.formula,
)
def test_whatever_decides_a_value_is_in_its_digest(other: Kpi) -> None:
    assert kpi_digest(other) != kpi_digest(kpi())


def test_what_decides_nothing_is_not() -> None:
    assert kpi_digest(kpi(title="Other")) == kpi_digest(kpi())
    assert kpi_digest(kpi(" received/ (settled)")) == kpi_digest(kpi())


def test_a_kpi_that_is_referred_to_is_in_the_digest_of_the_other() -> None:
    def of(formula: str) -> str:
        first = KPI.format(formula=formula, title="Half", unit="count", window="month", more="", digits=0)
        second = first.replace("[half]", "[whole]").replace(formula, "2 * half")
        return kpi_digest(read_catalogue({"a.toml": first, "b.toml": second})["whole"])

    assert of("received") != of("settled")
    assert of("received") == of("received")


def test_every_kpi_has_a_digest_of_its_own_where_its_value_is() -> None:
    from stream.kpi.catalogue import load_catalogue

    digests = {each.id: kpi_digest(each) for each in load_catalogue()}
    assert {len(digest) for digest in digests.values()} == {64}
    assert digests["received_month"] != digests["received_today"]


def test_the_program_is_told_by_its_version_and_its_sources() -> None:
    release, _, digest = code_version().partition("+")
    assert release.count(".") == 2
    assert len(digest) == 12
    assert code_version() == code_version()


def test_each_source_that_decides_a_figure_changes_the_program_s_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wrapper of the cache is left aside: it is what one process asks."""
    before = code_version.__wrapped__()
    touched = Path("stream/report/columns.py").resolve()
    real = Path.read_bytes

    def changed(path: Path) -> bytes:
        return real(path) + b"#" if path.resolve() == touched else real(path)

    monkeypatch.setattr(Path, "read_bytes", changed)
    assert code_version.__wrapped__() != before


def test_nothing_that_is_sealed_can_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        a_snapshot().version = 2  # type: ignore[misc]  # that it can't be is what is tested
    assert msgspec.structs.replace(a_snapshot(), version=2).version == 2
