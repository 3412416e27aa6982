"""Samples of the queries behind the passport of a figure."""

from collections.abc import Mapping

from tests.timescale.sample import JANUARY, LATE, MARCH, UNITS, Sample

_TERMS = {
    "measures": [1, 10, 11],
    "channels": [None, None, None],
    "fields": [None, None, None],
    "levels": [None, None, None],
    "traits": [None, None, None],
}
_TROUBLES = (
    "insert into source_promise values"
    " (1, 1, '2026-01-01 00:00Z', 'a', 'onestop-sync', '{onestop}', '{03979}', 1800, true),"
    " (1, 4, '2026-01-02 00:00Z', 'a', 'onestop-sync', '{onestop,documents}', '{03979}', 600, true);"
    "insert into incident (cause, source, began_at, seen_at, recovered_at, closed_at, flaps) values"
    " ('silent', 'a', '2026-01-01 01:00Z', '2026-01-01 01:00:05Z', '2026-01-01 02:00Z', '2026-01-01 02:30Z', 3),"
    " ('late', 'a', '2026-03-01 01:00Z', '2026-03-01 01:00:05Z', '2026-03-01 02:00Z', '2026-03-01 02:30Z', 0),"
    " ('intake', null, '2026-03-01 01:00Z', '2026-03-01 01:00:05Z', null, null, 0);"
)

FIGURE: Mapping[str, Sample] = {
    "stream/store/read_behind": Sample(
        {
            **_TERMS,
            "uppers": [0, 1, -1],
            "lowers": [1, 0, 0],
            "starts": [JANUARY.replace(year=2025)] * 3,
            "stops": [LATE] * 3,
            "units": UNITS,
            "known_at": "infinity",
            "first": "missing",
            "oldest": False,
            "most": 20,
            "part": "all",
            "after_rank": -100,
            "after_turn": 0,
            "after_part": 0,
            "after_case": 0,
            "scope": UNITS[:1],
            "scope_from": [JANUARY.replace(year=2020)],
            "scope_until": [LATE],
        }
    ),
    "stream/store/read_learnt": Sample(
        {
            **_TERMS,
            "keys": [0, 1, 1],
            "signs": [1, 1, -1],
            "known_from": JANUARY.replace(year=2025),
            "known_to": "infinity",
            "wanted": [1, 10, 11],
            "units": UNITS,
            "last": MARCH,
        }
    ),
    "stream/store/read_troubled": Sample({"since": MARCH}, before=_TROUBLES),
}
