"""For each named query of the product: parameters to try it with, and where needed what to look at afterwards.

A query without a line here makes `test_every_named_query_has_a_sample` fail: add one, over the rows of
`rows_*.sql`, such that it answers or changes at least a row.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from tests.timescale.sample import JANUARY, LATE, MARCH, RULES, UNITS, Sample
from tests.timescale.samples_accounts import ACCOUNTS
from tests.timescale.samples_alerts import ALERTS
from tests.timescale.samples_archive import ARCHIVE
from tests.timescale.samples_content import CONTENT
from tests.timescale.samples_delivery import DELIVERY
from tests.timescale.samples_displays import DISPLAYS
from tests.timescale.samples_figure import FIGURE
from tests.timescale.samples_handling import HANDLING
from tests.timescale.samples_letters import LETTERS
from tests.timescale.samples_meetings import MEETINGS
from tests.timescale.samples_quality import QUALITY
from tests.timescale.samples_queue import QUEUE
from tests.timescale.samples_reports import REPORTS
from tests.timescale.samples_restate import RESTATE
from tests.timescale.samples_seal import SEALS
from tests.timescale.samples_snapshot_schedule import SNAPSHOT_SCHEDULE
from tests.timescale.samples_sources import SOURCES
from tests.timescale.samples_views import VIEWS
from tests.timescale.samples_warning import WARNING

POSTED = (
    "insert into posted values (1, 3979, '2026-01-05', 1, 1, 3, 1, 7, 2), (1, 3979, '2025-10-01', 1, 1, 3, 0, 7, 5),"
    " (2, 3980, '2026-01-06', 2, 2, 3, 1, 0, -1), (10, 3980, '2026-01-06', 2, 2, 3, 0, 0, 1)"
)
TOUCHED = "insert into touched select * from cases where id < 3; update touched set status = 10, is_open = false"


def ingest(parameters: Mapping[str, Any] | None = None, before: str = "", after: str = "") -> Sample:
    """A sample over what ingest keeps."""
    return Sample(parameters or {}, before, after, "ingest")


_BOUNDS: Mapping[str, tuple[object, object]] = {
    "year": (date(2024, 1, 1), date(2026, 1, 1)),
    "month": (date(2025, 10, 1), date(2026, 1, 1)),
    "day": (date(2026, 1, 1), date(2026, 1, 20)),
    "channel": (date(2025, 10, 1), date(2026, 1, 20)),
    "ledger": (datetime(2025, 12, 1, tzinfo=UTC), JANUARY),
}
_MEASURES = [1, 10, 11, 2]


def _table(table: str, first: str, numbers: list[int]) -> dict[str, list[Any]]:
    """Slices over one window, one a measure: of roll-ups by year, month or day, or of the ledger."""
    start, stop = _BOUNDS[table]
    arrays: dict[str, list[Any]] = {
        first: numbers,
        "measures": _MEASURES,
        "starts": [start] * len(_MEASURES),
        "stops": [stop] * len(_MEASURES),
    }
    return {f"{table}_{name}": values for name, values in arrays.items()}


def _sums() -> dict[str, list[Any]]:
    tables = ("month", "day", "ledger")
    slices = {name: values for table in tables for name, values in _table(table, "slices", [0, 1, 2, 3]).items()}
    return slices | {"subjects": [50, 64, 70]}


def _detail() -> dict[str, list[Any]]:
    arrays: dict[str, list[Any]] = {}
    for place, table in enumerate(_BOUNDS):
        arrays |= _table(table, "bases", [4 * place + number for number in range(4)])
        arrays[f"{table}_fields"] = [False, True, True, True]
    return arrays | {
        "slices": list(range(20)),
        "bases": list(range(20)),
        "channels": [2, None, None, 1] * 5,
        "fields": [None, "DD", "DD", "HT"] * 5,
        "levels": [None, 0, None, None] * 5,
        "traits": [0, None, None, 0] * 5,
    }


def _unknown(known_at: datetime) -> dict[str, Any]:
    return {
        "keys": [0, 1, 1],
        "measures": [1, 10, 11],
        "signs": [1, 1, -1],
        "channels": [2, None, None],
        "fields": [None, "DD", None],
        "levels": [None, 0, None],
        "traits": [0, None, None],
        "firsts": [1, 1, 2],
        "lasts": [1, 2, 2],
        "cuts": [datetime(2025, 9, 1, tzinfo=UTC), JANUARY, LATE],
        "last": LATE,
        "known_at": known_at,
        "wanted": [1, 10, 11],
        "filtered": True,
    }


_OF_CUTS = {"cuts", "firsts", "lasts", "known_at", "filtered", "last"}
_USED = {
    "month_keys": [0, 1],
    "month_signs": [1, 1],
    "month_channels": [None, 2],
    "month_traits": [0, 1],
    "month_starts": [date(2025, 10, 1)] * 2,
    "month_stops": [date(2026, 1, 1)] * 2,
    "ledger_keys": [0],
    "ledger_signs": [1],
    "ledger_channels": [None],
    "ledger_traits": [0],
    "ledger_starts": [JANUARY],
    "ledger_stops": [MARCH],
    "keys": [0, 1],
    "channels": [None, 2],
    "traits": [0, 1],
    "starts": [datetime(2025, 10, 1, tzinfo=UTC)] * 2,
    "stops": [MARCH, JANUARY],
    "first": datetime(2025, 10, 1, tzinfo=UTC),
    "last": MARCH,
    "units": UNITS,
    "known_at": JANUARY,
    "received": 1,
}
_PROCEDURES = (
    "insert into procedure (code) values ('1.000001'), ('1.000002');"
    " insert into rollup_procedure_month"
    " select 3979, id, date '2025-11-01', 2, 1, 3 from procedure"
    " union all select 3980, id, date '2025-12-01', 1, 0, 1 from procedure"
)
_FILE = {"digest": sha256(b"file").digest(), "source": "onestop/moc-chau"}
_OFFSETS = "select * from part_offset"

SAMPLES: Mapping[str, Sample] = {
    **MEETINGS,
    **ACCOUNTS,
    **ALERTS,
    **ARCHIVE,
    **CONTENT,
    **DELIVERY,
    **DISPLAYS,
    **FIGURE,
    **LETTERS,
    **SEALS,
    **SNAPSHOT_SCHEDULE,
    **HANDLING,
    **QUALITY,
    **QUEUE,
    **REPORTS,
    **RESTATE,
    **SOURCES,
    **VIEWS,
    **WARNING,
    "stream/store/list_rules": Sample(
        before="insert into rule (kind, version, digest, content)"
        " values ('calendar', 'v9', 'd9', 'x'), ('calendar', 'v8', 'd8', 'y');"
        " insert into part_rule (part, pos, known_at, rule_id)"
        " select n % 2, 1000 + n, timestamptz '2026-03-01 00:00Z' + n * interval '1 minute', id"
        " from rule, generate_series(1, 5) as n where digest in ('d8', 'd9') and (n = 3) = (digest = 'd8')",
    ),
    "stream/store/load_cases": Sample({"codes": ["H52.17-1", "H52.17-2", "nobody"]}),
    "stream/store/load_fields": Sample(),
    "stream/store/load_meaning": Sample(before="insert into meaning values ('2')"),
    "stream/store/load_open_cases": Sample({"first": 0, "end": 1 << 44}),
    "stream/store/load_part_rules": Sample(before=RULES),
    "stream/store/load_procedures": Sample(before="insert into procedure (code) values ('1.005129')"),
    "stream/store/load_signs_of_life": Sample(),
    "stream/store/quarantine_accept": Sample(
        {"part": 1, "until": 99}, "update part_offset set halted = 'poison' where part = 1", _OFFSETS
    ),
    "stream/store/quarantine_list": Sample({"limit": 2}),
    "stream/store/quarantine_waiting": Sample(),
    "stream/store/read_partitions": Sample(),
    "stream/store/quarantine_replayed": Sample(
        {"part": 1, "pos": 61, "replayed_as": "1/99"}, after="select part, pos, replayed_as from quarantine"
    ),
    "stream/store/quarantine_show": Sample({"part": 1, "pos": 61}),
    "stream/store/read_changes": Sample(
        {
            **{name: values for name, values in _unknown(MARCH).items() if name not in _OF_CUTS},
            "starts": [datetime(2025, 9, 1, tzinfo=UTC)] * 3,
            "stops": [LATE, LATE, MARCH],
            "last": LATE,
            "units": UNITS,
            "known_from": MARCH,
            "known_to": datetime(2026, 5, 1, tzinfo=UTC),
        }
    ),
    "stream/store/read_cut": Sample(),
    "stream/store/read_begun": Sample(),
    "stream/store/read_days": Sample(
        {
            "keys": [0, 1, 1],
            "measures": [1, 10, 11],
            "signs": [1, 1, -1],
            "details": [1, 2],
            "channel_keys": [4],
            "channel_measures": [1],
            "channel_signs": [1],
            "channel_channels": [1],
            "detail_keys": [2, 3, 3],
            "detail_measures": [1, 2, 1],
            "detail_signs": [1, 1, -1],
            "detail_channels": [1, None, None],
            "detail_fields": [None, "DD", None],
            "detail_levels": [0, None, None],
            "detail_traits": [None, None, 0],
            "start": date(2025, 12, 1),
            "stop": date(2026, 2, 1),
            "units": UNITS,
            "places": list(range(len(UNITS))),
        }
    ),
    "stream/store/read_detail": Sample(_detail() | {"units": UNITS}),
    "stream/store/read_fields": Sample(),
    "stream/store/read_heard_known": Sample({"last": LATE, "known_at": MARCH}),
    "stream/store/read_latest": Sample({"look_back": 40, "most": 5, "kinds": [1, 2, 3]}),
    "stream/store/read_register": Sample({"known_at": LATE}, RULES),
    "stream/store/read_register_content": Sample({"digest": "bb"}, RULES),
    "stream/store/read_sums": Sample(_sums()),
    "stream/store/read_unknown": Sample(_unknown(JANUARY)),
    "stream/store/read_unknown_late": Sample(_unknown(MARCH) | {"units": UNITS}),
    "stream/store/read_unknown_days": Sample(
        {name: values for name, values in _unknown(MARCH).items() if name not in {"firsts", "lasts"}}
        | {"stands": [False, True, True], "units": UNITS, "places": list(range(len(UNITS)))}
    ),
    "stream/store/read_used": Sample(_USED, _PROCEDURES),
    "stream/store/rebuild_adopt_epochs": Sample(
        schema="stream_rebuild", before="insert into part_offset (part) values (0), (1)", after=_OFFSETS
    ),
    "stream/store/rebuild_copy_numbers": Sample(
        schema="stream_rebuild",
        before="insert into stream.procedure (code) values ('1.005129');"
        " insert into stream.rule (kind, version, digest, content) values ('calendar', '1', 'aa', '{}')",
        after="select code from field union all select code from procedure union all select digest from rule",
    ),
    "stream/store/rebuild_digest": Sample({"parts": [0, 1, 2], "ends": [30, 50, 62]}),
    "stream/store/rebuild_first_positions": Sample(),
    "stream/store/rebuild_live_positions": Sample(schema="stream_rebuild"),
    "stream/store/rebuild_positions": Sample(),
    "stream/store/write_claim": Sample({"parts": [1, 7]}, after=_OFFSETS),
    "stream/store/write_fields": Sample({"codes": ["HT", "XD"], "names": [None, "Xây dựng"]}),
    "stream/store/write_lock_offsets": Sample({"parts": [2, 0]}),
    "stream/store/write_offset": Sample(
        {"part": 1, "first": 0, "next": 72, "applied": 8, "duplicates": 1, "quarantined": 1, "halted": None},
        after=_OFFSETS,
    ),
    "stream/store/write_meaning": Sample({"version": "2"}, after="select * from meaning"),
    "stream/store/write_part_rule": Sample(
        {"part": 3, "pos": 9, "known_at": MARCH, "digest": "bb"},
        before="insert into rule (kind, version, digest, content) values ('calendar', '1', 'bb', '{}')",
        after="select part, pos, known_at from part_rule",
    ),
    "stream/store/write_procedures": Sample({"codes": ["1.005129", "1.001193"]}, after="select code from procedure"),
    "stream/store/write_quarantine": Sample(
        {
            "part": 1,
            "pos": 62,
            "appended_at": MARCH,
            "key": "case",
            "reason": "no code",
            "place": None,
            "body": b"{}",
        },
        after="select * from quarantine",
    ),
    **{
        f"stream/store/write_{table}": Sample(given, before=POSTED, after=f"select * from {table}")
        for table, given in {
            "rollup_day": {},
            "rollup_month": {},
            "rollup_year": {"since_ever": [10, 11]},
            "rollup_procedure_month": {},
            "rollup_channel_day": {"steps": [10, 11]},
            "rollup_unit_day": {},
            "rollup_unit_month": {},
        }.items()
    },
    "stream/store/write_rule": Sample(
        {"kind": "calendar", "version": "1", "digest": "cc", "content": b"{}"}, after="select digest from rule"
    ),
    "stream/store/write_sign_of_life": Sample(
        {
            "source": "onestop/moc-chau",
            "event_at": JANUARY,
            "known_at": LATE,
            "heartbeat_at": LATE,
            "complete_until": None,
        },
        after="select * from source_state",
    ),
    "stream/store/write_upsert_touched": Sample(before=TOUCHED, after="select * from cases"),
    "ingest/log/append": ingest(
        {"parts": [0, 2, 0], "keys": ["a", "b", "c"], "bodies": [b"1", b"2", b"3"], "touched": [0, 2]},
        after="select part, pos, key, body from entry where pos >= 20",
    ),
    "ingest/log/heads": ingest(),
    "ingest/log/locks": ingest({"members": 1, "partitions": 2}),
    "ingest/log/make_heads": ingest({"partitions": 4}, "delete from head", "select part, next_pos from head"),
    "ingest/log/read": ingest({"parts": [0, 2], "positions": [3, 18], "limits": [5, 9], "size": 80}),
    "ingest/store/source_add": ingest(
        {
            "id": "onestop/new",
            "kind": "onestop-sync",
            "unit_change": "correction",
            "streams": ["onestop"],
            "cadence": 1800,
            "callback": None,
            "secret": None,
        },
        after="select id, kind, unit_change, streams, cadence, callback, secret from source",
    ),
    "ingest/store/source_add_token": ingest(
        {"id": "onestop/van-ho", "digest": sha256(b"new").digest()}, after="select digest, source from source_token"
    ),
    "ingest/store/source_list": ingest(),
    "ingest/store/source_register": ingest(),
    "ingest/store/source_revoke": ingest({"id": "onestop/moc-chau"}),
    "ingest/store/source_set_agencies": ingest(
        {
            "id": "onestop/moc-chau",
            "agencies": ["H52.17.19", "H52.17.20"],
            "units": ["03982", "03985"],
            "levels": [3, 2],
        },
        after="select * from source_agency",
    ),
    "ingest/store/taken_file_read": ingest(_FILE),
    "ingest/store/taken_file_write": ingest(
        {**_FILE, "done": 200, "accepted": 180, "refused": 20, "refusals_size": 4096, "finished": True},
        after="select source, done, accepted, refused, refusals_size, finished from taken_file",
    ),
    "stream/index/official_current": Sample(
        {"first": date(2026, 6, 1), "last": date(2026, 6, 30), "known_at": datetime(2026, 8, 1, tzinfo=UTC)}
    ),
    "stream/index/official_list": Sample(),
    "stream/index/official_take_file": Sample(
        {"digest": sha256(b"new").digest(), "name": "new.csv"}, after="select digest, name from ingest.official_file"
    ),
    "stream/index/official_take_scores": Sample(
        {
            "digest": sha256(b"scores").digest(),
            "places": ["03980", "moc-chau"],
            "firsts": [date(2026, 6, 1)] * 2,
            "lasts": [date(2026, 6, 30)] * 2,
            "items": ["total", "progress"],
            "points": [80.0, 19.5],
            "sources": ["dichvucong.gov.vn"] * 2,
            "published": [date(2026, 7, 5)] * 2,
        },
        after="select place, item, points, published_on from ingest.official_score",
    ),
}

EXCLUDED: Mapping[str, str] = {
    "stream/queue/mark": "answers the database's own number of a table, which is another one in each lane",
    "stream/store/write_temporary_tables": "run once for the session of each lane, so that the samples can use them",
    "ingest/log/session": "sets keep-alives of a TCP connection, which a database inside the process has not",
}
