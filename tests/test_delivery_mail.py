"""Packages by mail to a real server: to all recipients or to none, in Vietnamese, with what nobody may overlook."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from ioc.delivering.channel import DeliveryError, Parcel
from ioc.delivering.mail import Mail, MailSettings
from ioc.delivering.settings import Place
from stream.snapshot.content.document import LateReason, Snapshot
from stream.snapshot.seal.making import FIRST
from tests.building.deliveries import NOW, a_day, a_parcel
from tests.building.seals import packed, sealed
from tests.building.snapshots import a_restated_snapshot, a_witness
from tests.servers.mail import PASSWORD, USER, MailServer, mail_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path) as found:
        yield found


def to(server: MailServer, password: str = PASSWORD, **changes: object) -> Mail:
    url = f"smtp://{USER}:{quote(password, safe='')}@127.0.0.1:{server.port}"
    settings = {"to": ["a@tinh.vn", "Sở <b@so.tinh.vn>"], "authority": str(server.authority), **changes}
    environment = {"IOC_SMTP_URL": url, "IOC_ALERT_FROM": "IOC Mộc Châu <ioc@mocchau.vn>"}
    return Mail(msgspec.convert(settings, MailSettings), Place(Path("/"), environment))


def parcel_of(snapshot: Snapshot) -> Parcel:
    return a_parcel(packed(sealed(snapshot, place=FIRST, sealed_at=NOW)[1]))


def a_plain_day() -> Snapshot:
    return a_day(1, witness=a_witness(missing=(), late=(), late_seconds=0))


def refused(channel: Mail, parcel: Parcel) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        channel.send(parcel)
    return caught.value


def attached(mail: EmailMessage) -> tuple[str, bytes]:
    [file] = mail.iter_attachments()
    return file.get_filename() or "", file.get_payload(decode=True)  # type: ignore[return-value]  # bytes, as decoded


def test_a_mail_brings_the_package_and_says_what_it_is(server: MailServer) -> None:
    parcel = parcel_of(a_plain_day())
    receipt = msgspec.json.decode(to(server).send(parcel).receipt)
    [mail] = server.mails
    assert mail["Subject"] == "Báo cáo tháng (kỳ theo Nghị định 09/2019/NĐ-CP): Ngày 02/03/2026, bản số 1"
    assert (mail["To"], mail["From"]) == ("a@tinh.vn, Sở <b@so.tinh.vn>", "IOC Mộc Châu <ioc@mocchau.vn>")
    assert attached(mail) == (parcel.name, parcel.package)
    text = mail.get_body().get_content()  # type: ignore[union-attr]  # a mail of ours has a text
    assert f"Mã kiểm tra (SHA-256 của bản kê): {parcel.delivery.digest}" in text
    assert "LƯU Ý" not in text
    assert (receipt["digest"], receipt["recipients"], receipt["answer"]) == (parcel.delivery.digest, 2, "250 OK")
    assert receipt["message_id"] == mail["Message-ID"]


def test_what_nobody_may_overlook_stands_in_the_subject_and_in_the_text(server: MailServer) -> None:
    witness = a_witness(
        missing=("onestop-04045",), late_seconds=7_320,
        late=(LateReason(id="sources_late", text=msgspec.convert({"vi": "chờ nguồn", "en": "x"}, _BILINGUAL)),),
    )  # fmt: skip
    to(server).send(parcel_of(a_restated_snapshot(witness=witness)))
    [mail] = server.mails
    assert mail["Subject"].endswith("bản số 2 [BẢN ĐIỀU CHỈNH SỐ 2; SỐ LIỆU CHƯA ĐẦY ĐỦ; LẬP MUỘN]")
    text = mail.get_body().get_content()  # type: ignore[union-attr]  # a mail of ours has a text
    assert "Thiếu 1 nguồn: onestop-04045." in text
    assert "Muộn 2 giờ 2 phút. Lý do: chờ nguồn." in text


_BILINGUAL = LateReason.__annotations__["text"]


def test_a_mail_that_is_sent_again_has_the_same_identity_that_of_another_package_has_not(server: MailServer) -> None:
    first, other = parcel_of(a_plain_day()), parcel_of(a_day(2))
    for parcel in (first, first, other):
        to(server).send(parcel)
    identities = [mail["Message-ID"] for mail in server.mails]
    assert (identities[0] == identities[1], identities[0] == identities[2]) == (True, False)
    assert identities[0].endswith("@mocchau.vn>")


def test_where_one_recipient_is_refused_nobody_gets_it(server: MailServer) -> None:
    answers = {"b@so.tinh.vn": "550 no such user"}

    async def handle_rcpt(server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        del server, session, options
        said = answers.get(address, "250 OK")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    setattr(server, "handle_RCPT", handle_rcpt)  # noqa: B010 - the server's own name for it, in capitals
    error = refused(to(server), parcel_of(a_plain_day()))
    assert (error.retriable, len(server.mails)) == (False, 0)
    assert str(error) == "550 a recipient is refused: no such user"
    answers["b@so.tinh.vn"] = "450 come back later"
    assert refused(to(server), parcel_of(a_plain_day())).retriable


@pytest.mark.parametrize(("said", "retriable"), [("451 later", True), ("552 too large", False)])
def test_a_server_that_refuses_for_now_is_asked_again_one_that_never_takes_it_is_not(
    server: MailServer, said: str, *, retriable: bool
) -> None:
    server.answer = lambda: said
    error = refused(to(server), parcel_of(a_plain_day()))
    assert (error.retriable, str(error)) == (retriable, said)


def test_a_wrong_password_or_a_server_that_is_away_is_tried_again(server: MailServer) -> None:
    wrong = refused(to(server, password="no"), parcel_of(a_plain_day()))
    assert wrong.retriable
    assert str(wrong).startswith("535")
    variable = Mail(
        MailSettings(to=["a@tinh.vn"], sender="ioc@mocchau.vn", server_variable="AWAY"),
        Place(Path("/"), {"AWAY": "smtp+plain://127.0.0.1:9"}),
    )
    assert refused(variable, parcel_of(a_plain_day())).retriable
