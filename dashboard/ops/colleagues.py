"""Who can be given a case: people who may act, and whose units it belongs to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import Connection

from dashboard.access.people import RIGHTS, Scope
from dashboard.accounts.facts import Account, scope_of
from dashboard.accounts.store import read_accounts
from stream.live.comparing import local_day


def read_colleagues(connection: Connection[Any], unit: int, now: datetime) -> Sequence[Account]:
    """Accounts that are in use and may act on cases of the unit (code as a number), by their logins."""
    return [account for account in read_accounts(connection, now) if _may_have(account, unit, now)]


def sees(scope: Scope, unit: int, now: datetime) -> bool:
    """Whether cases of this unit lie within the scope on the local day of `now`."""
    units = scope.units_on(local_day(now))
    return units is None or unit in units


def _may_have(account: Account, unit: int, now: datetime) -> bool:
    entries = account.scope or ()
    scope = scope_of(account.scope is None, (each.code for each in entries), (each.on for each in entries))
    return account.disabled_at is None and "act" in RIGHTS[account.role] and sees(scope, unit, now)
