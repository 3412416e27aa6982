"""What becomes of alerts is told by a real mail server and a real receiver, each of which fails at times."""

import hmac
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import msgspec
import psycopg
import pytest

from ioc.alerting.channel import Sender, SendError
from ioc.alerting.facts import ChannelFacts
from ioc.alerting.mail import Mail, server_of
from ioc.alerting.sending import Sending
from ioc.alerting.webhook import Webhook
from ioc.alerting.wording import Wording
from ioc.errors import SettingError
from stream.alerts.outbox import GIVEN_UP_AFTER, LEASE, take, wait_after
from stream.alerts.rule import Level
from stream.alerts.view import read_outbox
from tests.building.alerts import told_of
from tests.building.applying import opener
from tests.building.moments import local
from tests.servers.mail import PASSWORD, USER, MailServer, Receiver, mail_server, receiver

NOW = local("2026-03-13 09:00")
BASE = "https://ioc.example.vn"
SECRET = "s" * 32


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path) as server:
        yield server


@pytest.fixture
def posted() -> Iterator[Receiver]:
    with receiver() as server:
        yield server


def by_mail(server: MailServer, **changes: str) -> Mail:
    url = f"smtp://{USER}:{quote(changes.get('password', PASSWORD), safe='')}@127.0.0.1:{server.port}"
    facts = ChannelFacts(url, "IOC <ioc@example.vn>", "a@example.vn, b@example.vn", authority=server.authority)
    return Mail(facts, Wording(BASE))


def by_webhook(server: Receiver) -> Webhook:
    facts = ChannelFacts(webhook_url=server.url, webhook_secret=SECRET)
    return Webhook(facts, Wording(BASE), clock=lambda: 1_773_367_200.0)


class Sent:
    """The outbox of a database, and a clock that is set by hand."""

    def __init__(self, url: str, connection: psycopg.Connection, *senders: Sender) -> None:
        self.connection, self.now = connection, NOW
        self.sending = Sending(opener(url), lambda: self.now, senders)

    def after(self, wait: timedelta) -> "Sent":
        self.now += wait
        return self

    def go(self) -> int:
        return self.sending.once(self.connection)

    def states(self) -> list[tuple[str, int]]:
        rows = self.connection.execute("select state, attempts from alert_delivery order by happening_id, channel")
        return [(state, attempts) for state, attempts in rows.fetchall()]


def test_a_new_alert_is_one_mail_in_vietnamese_with_a_link_to_its_cases(
    database: str, stream: psycopg.Connection, mail: MailServer
) -> None:
    told_of(stream, NOW, channels=["email"], number=12)
    sent = Sent(database, stream, by_mail(mail))
    assert (sent.go(), sent.go()) == (1, 0)
    [found] = mail.mails
    assert found["Subject"] == "[KHẨN, mới] Hồ sơ quá hạn kéo dài: Phường Mộc Châu 12 hồ sơ"
    assert (found["To"], found["From"]) == ("a@example.vn, b@example.vn", "IOC <ioc@example.vn>")
    text = found.get_content()
    assert f"{BASE}/ops/?unit=03980&state=overdue\n" in text
    assert "Từ: 09:00 ngày 13/03/2026" in text
    assert "Mã hồ sơ: H52-0, H52-1" in text
    assert "và 2 hồ sơ khác" in text
    assert sent.states() == [("sent", 1)]


def test_a_long_subject_with_marks_keeps_each_of_its_spaces(
    database: str, stream: psycopg.Connection, mail: MailServer
) -> None:
    title = "Hồ sơ quá hạn chưa giải quyết tại bộ phận một cửa vượt ngưỡng cho phép trong nhiều ngày làm việc liền"
    told_of(stream, NOW, channels=["email"], title=title)
    Sent(database, stream, by_mail(mail)).go()
    assert mail.mails[0]["Subject"] == f"[KHẨN, mới] {title}: Phường Mộc Châu 2 hồ sơ"


def test_many_at_once_are_one_mail_the_alarms_first(
    database: str, stream: psycopg.Connection, mail: MailServer
) -> None:
    units: dict[str, Level] = {"03979": "warn", "03980": "alarm", "03982": "warn", "04033": "alarm"}
    for unit, level in units.items():
        told_of(stream, NOW, channels=["email"], subject=unit, level=level)
    assert Sent(database, stream, by_mail(mail)).go() == 4
    [digest] = mail.mails
    assert digest["Subject"] == "4 tin cảnh báo: 4 đang mở, 0 đã hết"
    order = [line for line in digest.get_content().splitlines() if line.startswith("* ")]
    assert ["KHẨN" in line for line in order] == [True, True, False, False]


def test_a_mail_server_that_refuses_at_first_gets_each_mail_once(
    database: str, stream: psycopg.Connection, mail: MailServer
) -> None:
    answers = iter(["451 come back later", "451 come back later", "250 OK"])
    mail.answer = lambda: next(answers)
    told_of(stream, NOW, channels=["email"])
    sent = Sent(database, stream, by_mail(mail))
    assert (sent.go(), sent.go(), len(mail.mails)) == (0, 0, 0)
    assert sent.after(timedelta(seconds=10)).go() == 0
    [outbox] = read_outbox(stream, sent.now)
    assert (outbox["failing"], outbox["error"]) == (1, "451 come back later")
    assert sent.after(timedelta(seconds=19)).go() == 0
    assert sent.after(timedelta(seconds=1)).go() == 1
    assert (len(mail.mails), sent.states()) == (1, [("sent", 3)])


def test_a_wrong_password_and_a_server_that_is_away_are_said(mail: MailServer) -> None:
    with pytest.raises(SendError, match="535"):
        by_mail(mail, password="wrong").test()
    away = ChannelFacts("smtp+plain://127.0.0.1:9", "ioc@example.vn", "a@example.vn")
    with pytest.raises(SendError) as caught:
        Mail(away, Wording(BASE)).test()
    assert caught.value.is_away


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_password(mail: MailServer) -> None:
    facts = ChannelFacts(f"smtp://{USER}:x@127.0.0.1:{mail.port}", "ioc@example.vn", "a@example.vn")
    with pytest.raises(SendError, match="certificate verify failed"):
        Mail(facts, Wording(BASE)).test()


def test_a_service_killed_between_sending_and_marking_sends_again_and_the_mail_is_known_again(
    database: str, stream: psycopg.Connection, mail: MailServer
) -> None:
    """At least once: a mail server can't be asked. The Message-ID is the same."""
    told_of(stream, NOW, channels=["email"])
    sender = by_mail(mail)
    for message in sender.messages(take(stream, "email", NOW)):
        sender.send(message)  # and here it was killed
    sent = Sent(database, stream, sender)
    assert (sent.go(), sent.after(LEASE - timedelta(seconds=1)).go()) == (0, 0)
    assert sent.after(timedelta(seconds=1)).go() == 1
    first, second = mail.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert sent.states() == [("sent", 2)]


def test_a_receiver_that_fails_half_the_time_takes_each_happening_once(
    database: str, stream: psycopg.Connection, posted: Receiver
) -> None:
    """500, no answer at all, then well; again and again. Twenty happenings are taken, each once."""
    posted.answer = lambda n: (500, 204, 0, 200)[n % 4]
    for number in range(20):
        told_of(stream, NOW, channels=["webhook"], subject=f"{number:05d}")
    sent = Sent(database, stream, by_webhook(posted))
    for _ in range(12):
        sent.go()
        sent.after(timedelta(minutes=3))
    keys = [headers["Idempotency-Key"] for headers, _ in posted.taken]
    assert (len(keys), len(set(keys))) == (20, 20)
    assert len(posted.posts) > 30
    assert {state for state, _ in sent.states()} == {"sent"}


def test_a_webhook_is_signed_and_known_again_when_it_is_tried_again(
    database: str, stream: psycopg.Connection, posted: Receiver
) -> None:
    posted.answer = lambda n: 503 if n == 0 else 200
    told_of(stream, NOW, channels=["webhook"], number=2)
    sent = Sent(database, stream, by_webhook(posted))
    sent.go()
    sent.after(timedelta(seconds=10)).go()
    (first, body, _), (second, again, _) = posted.posts
    assert (body, first["Idempotency-Key"]) == (again, second["Idempotency-Key"])
    at, digest = (part.split("=")[1] for part in first["X-IOC-Signature"].split(","))
    assert hmac.compare_digest(digest, hmac.new(SECRET.encode(), at.encode() + b"." + body, "sha256").hexdigest())
    told = msgspec.json.decode(body)
    assert (told["v"], told["kind"]) == (1, "opened")
    assert (told["alert"]["place"], told["alert"]["cases"]) == ("Phường Mộc Châu", ["H52-0", "H52-1"])


def test_two_senders_at_once_send_each_once(database: str, stream: psycopg.Connection, posted: Receiver) -> None:
    for number in range(10):
        told_of(stream, NOW, channels=["webhook"], subject=f"{number:05d}")
    one = Sent(database, stream, by_webhook(posted))
    with opener(database)() as second:
        two = Sent(database, second, by_webhook(posted))
        taken = len(take(stream, "webhook", NOW, 4))
        assert (taken, two.go(), one.go()) == (4, 6, 0)


def test_what_two_take_in_the_same_moment_is_shared_out(database: str, stream: psycopg.Connection) -> None:
    for number in range(6):
        told_of(stream, NOW, channels=["webhook"], subject=f"{number:05d}")
    with opener(database)() as other, stream.transaction():
        mine = {each.happening for each in take(stream, "webhook", NOW, 3)}  # not committed yet
        theirs = {each.happening for each in take(other, "webhook", NOW, 6)}
    assert (len(mine), len(theirs), mine & theirs) == (3, 3, set())


def test_after_a_day_it_is_given_up_and_said(database: str, stream: psycopg.Connection, posted: Receiver) -> None:
    posted.answer = lambda _: 500
    told_of(stream, NOW, channels=["webhook"])
    sent = Sent(database, stream, by_webhook(posted))
    tries = 0
    while sent.states()[0][0] == "waiting":
        tries += 1
        sent.go()
        sent.after(wait_after(tries))
    assert timedelta(0) <= sent.now - NOW - GIVEN_UP_AFTER <= timedelta(minutes=30)
    assert 90 < len(posted.posts) < 120
    [outbox] = read_outbox(stream, sent.now)
    assert (outbox["given_up"], outbox["waiting"]) == (1, 0)
    assert sent.go() == 0


def test_waiting_doubles_up_to_a_quarter_of_an_hour() -> None:
    assert [wait_after(n).total_seconds() for n in (1, 2, 3, 7, 8, 99)] == [10, 20, 40, 640, 900, 900]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (ChannelFacts("http://x", "a@b", "a@b"), "IOC_SMTP_URL must be"),
        (ChannelFacts("smtp+plain://10.0.0.9", "a@b", "a@b"), "for a relay on this machine"),
        (ChannelFacts("smtp+plain://u:p@127.0.0.1", "a@b", "a@b"), "without a password"),
        (ChannelFacts("smtps://x", None, "a@b"), "set IOC_ALERT_FROM and IOC_ALERT_TO too"),
        (ChannelFacts("smtps://x", "a@b", " , "), "set IOC_ALERT_FROM and IOC_ALERT_TO too"),
        (ChannelFacts("smtp://u:mật@x", "a@b", "a@b"), "of ASCII letters"),
        (ChannelFacts("smtp://x:99999", "a@b", "a@b"), "IOC_SMTP_URL: its port is no port"),
    ],
)
def test_mail_settings_that_can_not_be_used_are_refused(facts: ChannelFacts, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        Mail(facts, Wording(BASE))


@pytest.mark.parametrize(
    ("url", "secret", "said"),
    [
        ("ftp://x/y", SECRET, "must be https://"),
        ("http://example.vn/y", SECRET, "for a receiver on this machine"),
        ("https://example.vn/y", None, "set IOC_WEBHOOK_SECRET too"),
    ],
)
def test_webhook_settings_that_can_not_be_used_are_refused(url: str, secret: str | None, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        Webhook(ChannelFacts(webhook_url=url, webhook_secret=secret), Wording(BASE))


def test_a_slash_in_a_password_is_not_quoted_back() -> None:
    with pytest.raises(SettingError) as caught:
        server_of("smtp://ioc:geheim/1@mail.example.vn")
    assert "geheim" not in str(caught.value)


def test_passwords_are_shown_nowhere(mail: MailServer) -> None:
    sender = by_mail(mail)
    facts = ChannelFacts("smtp://u:geheim@h", webhook_url="https://h/geheim", webhook_secret="geheim")
    assert "geheim" not in f"{facts!r}{server_of('smtp://u:geheim@h')!r}"
    assert sender.where == "127.0.0.1"
