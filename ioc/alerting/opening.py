"""The service built from the settings: the only place that knows which channels are meant."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

from ioc.alerting.channel import Sender
from ioc.alerting.deciding import RulesInForce
from ioc.alerting.escalating import Escalating
from ioc.alerting.mail import Mail
from ioc.alerting.service import Alerting, Parts
from ioc.alerting.webhook import Webhook
from ioc.alerting.wording import Wording
from ioc.settings import Settings
from ioc.wiring import connect, open_log, open_redis
from stream.alerts.conditions import Conditions
from stream.alerts.lives import Lives
from stream.alerts.observing import Observer
from stream.announce import RedisAnnouncer
from stream.first_rules import first_rules
from stream.kpi.catalogue import load_catalogue


def senders_of(settings: Settings) -> Sequence[Sender]:
    """The channels that the settings name. Raises `SettingError`."""
    facts = settings.channels
    wording = Wording(facts.public_url or f"http://127.0.0.1:{settings.port}")
    senders: list[Sender] = []
    if facts.smtp_url is not None:
        senders.append(Mail(facts, wording))
    if facts.webhook_url is not None:
        senders.append(Webhook(facts, wording))
    return senders


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def open_alerting(settings: Settings, clock: Callable[[], datetime] = _now) -> Iterator[Alerting]:
    """The service with its channels, its log and its channel to the walls. Raises `SettingError`."""
    rules = RulesInForce(settings.home)
    observer = Observer(load_catalogue(), Conditions(Lives(first_rules())))
    escalating = Escalating(partial(open_log, settings))
    with open_redis(settings) as client:
        stir = RedisAnnouncer(client).stir
        yield Alerting(
            Parts(partial(connect, settings), clock, stir, rules, observer, escalating, senders_of(settings))
        )
