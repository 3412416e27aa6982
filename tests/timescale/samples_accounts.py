"""Samples of the queries about people: an administrator, one who was disabled, one whom the provider is to name."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from tests.timescale.sample import Sample

_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
_IDLE = timedelta(minutes=30)
_PEOPLE = (
    "insert into account (id, login, name, role, everywhere, password_hash, password_at, must_change, oidc_claim,"
    " created_at, created_by, disabled_at) overriding system value values"
    " (1, 'lan', 'Lan', 'administrator', true, 'hash', '2026-01-01Z', false, null, '2026-01-01Z', 'cli', null),"
    " (2, 'son', 'Sơn', 'operator', false, 'hash', '2026-01-01Z', true, null, '2026-01-01Z', 'lan', '2026-02-01Z'),"
    " (3, 'hoa', 'Hoa', 'leader', false, null, null, false, 'hoa.tran', '2026-01-01Z', 'lan', null);"
    " insert into account_scope values (2, '03979', '2026-01-01'), (3, 'moc-chau', '2026-01-01'),"
    " (3, '03980', '2026-01-01');"
    " insert into session (id, token_hash, account_id, method, began_at, until, seen_at, ended_at, ended_why)"
    " overriding system value values"
    " (101, '\\x01', 1, 'password', '2026-03-01 07:00Z', '2026-03-01 19:00Z', '2026-03-01 07:50Z', null, null),"
    " (102, '\\x02', 2, 'password', '2026-03-01 07:00Z', '2026-03-01 19:00Z', '2026-03-01 07:50Z', null, null),"
    " (103, '\\x03', 3, 'oidc', '2026-03-01 07:00Z', '2026-03-01 19:00Z', '2026-03-01 07:10Z', null, null),"
    " (104, '\\x04', 1, 'password', '2026-02-28 07:00Z', '2026-02-28 19:00Z', '2026-02-28 08:00Z', '2026-02-28 09:00Z',"
    " 'sign_out');"
    " insert into throttle values ('login a', 4, '2026-03-01 08:00:02Z', '2026-03-01 08:00Z'),"
    " ('login b', 1, '2026-02-01Z', '2026-02-01Z');"
    " insert into audit (id, at, who, what, facts) overriding system value values"
    " (101, '2026-03-01 07:00Z', 'lan', 'sign_in', '{\"method\": \"password\"}');"
)
_ACCOUNTS = "select * from account order by id"
_SESSIONS = "select id, seen_at, ended_at, ended_why from session order by id"
_TRIES = "select * from throttle order by bucket"


def _sample(after: str = "", /, **parameters: object) -> Sample:
    return Sample(parameters, before=_PEOPLE, after=after, schema="dashboard")


ACCOUNTS: Mapping[str, Sample] = {
    "dashboard/accounts/begin_tries": _sample(_TRIES, buckets=["login a", "login c"], at=_AT),
    "dashboard/accounts/end_session": _sample(_SESSIONS, token_hash=b"\x01", at=_AT, why="sign_out"),
    "dashboard/accounts/end_sessions": _sample(_SESSIONS, account=1, at=_AT, why="password", kept=None),
    "dashboard/accounts/find_identity": _sample(issuer="https://id.example.vn", subject="7", claim="hoa.tran"),
    "dashboard/accounts/find_secret": _sample(login="lan"),
    "dashboard/accounts/forget_sessions": _sample(
        "select id from session order by id", before=_AT - timedelta(hours=1)
    ),
    "dashboard/accounts/forget_tries": _sample(_TRIES, before=_AT - timedelta(days=1)),
    "dashboard/accounts/forgive_tries": _sample(_TRIES, bucket="login a"),
    "dashboard/accounts/lock_administrators": _sample(),
    "dashboard/accounts/read_accounts": _sample(login=None, at=_AT, idle=_IDLE),
    "dashboard/accounts/read_audit": _sample(most=10),
    "dashboard/accounts/read_locked": _sample(who="lan", since=_AT - timedelta(hours=1)),
    "dashboard/accounts/read_sessions": _sample(at=_AT, idle=_IDLE),
    "dashboard/accounts/read_tries": _sample(buckets=["login a", "login b"]),
    "dashboard/accounts/touch_sessions": _sample(_SESSIONS, ids=[101, 104], moments=[_AT, _AT]),
    "dashboard/accounts/write_account": _sample(
        "select login, name, role, everywhere, password_hash, password_at from account order by login", login="tam",
        name="Tám", role="analyst", everywhere=True, password_hash="x", must_change=True, oidc_claim=None, at=_AT,
        by="lan",
    ),
    "dashboard/accounts/write_audit": _sample(
        "select at, who, what, facts from audit order by id", at=_AT, who="lan", what="export.csv", facts='{"rows": 3}'
    ),
    "dashboard/accounts/write_change": _sample(
        _ACCOUNTS, login="son", name=None, role="leader", everywhere=None, oidc_claim=None, disabled=False, at=_AT
    ),
    "dashboard/accounts/write_identity": _sample(
        _ACCOUNTS, id=3, issuer="https://id.example.vn", subject="7", claim="hoa.tran"
    ),
    "dashboard/accounts/write_password": _sample(_ACCOUNTS, id=1, password_hash="new", at=_AT, must_change=False),
    "dashboard/accounts/write_rehash": _sample(_ACCOUNTS, id=1, old="hash", new="newer"),
    "dashboard/accounts/write_scope": _sample(
        "select * from account_scope order by account_id, code", id=3, codes=["03980", "03979"],
        days=[date(2026, 1, 1), date(2026, 1, 1)],
    ),
    "dashboard/accounts/write_session": _sample(
        "select token_hash, account_id, method, until from session order by token_hash", token_hash=b"\x09", account=1,
        method="password", at=_AT, until=_AT + timedelta(hours=12),
    ),
    "dashboard/accounts/write_tries": _sample(_TRIES, bucket="login a", tries=5, until=_AT, at=_AT),
}  # fmt: skip
