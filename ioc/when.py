"""Days and moments as they are given on the command line; local time is Asia/Ho_Chi_Minh."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


class Day(click.ParamType[date]):
    """A local day: 2026-03-02."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-03-02", param, ctx)


class Moment(click.ParamType[datetime]):
    """A moment: 2026-03-02T14:35, local time unless it says which."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment, aware."""
        if isinstance(value, datetime):
            return value
        try:
            if len(text := str(value)) < len("2026-03-02T14"):
                raise ValueError(text)
            found = datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"{value!r} is not a moment such as 2026-03-02T14:35", param, ctx)
        return found if found.tzinfo is not None else found.replace(tzinfo=LOCAL)


DAY, MOMENT = Day(), Moment()
