"""Tables of documents, steps, certificates, meetings, forms and petitions, by the mappings that are shipped."""

from datetime import UTC, date, datetime
from pathlib import Path

from ingest.contracts.conference import MeetingRecorded, Site
from ingest.contracts.documents import CertificateRecorded, DocumentProgressed, DocumentRecorded
from ingest.contracts.feedback import EvaluationRecorded, PetitionRecorded, Verdict
from ingest.registration import Source
from tests.building.sheets import WRITTEN, a_csv, a_workbook, shipped, understood

OFFICE = Source("office", "spreadsheet", {"H52.17": "03979", "H52.17.18": "03980"}, levels={"H52.17": 2})


def test_the_register_of_a_clerks_office_becomes_documents(tmp_path: Path) -> None:
    heads = ["Loại sổ", "Mã đơn vị", "Cơ quan ban hành", "Số ký hiệu", "Ngày văn bản", "Ngày đến", "Hạn xử lý",
             "Ký số", "Trích yếu", "Mật"]  # fmt: skip
    day, moment = datetime(2024, 7, 11), datetime(2024, 7, 11, 16, 0)  # noqa: DTZ001 - Excel knows no zone
    rows: list[list[object]] = [
        ["Đến", "H52.17.18", "UBND tỉnh Sơn La", "123/UBND-VP", "10/07/2024", "12/07/2024 08:30", "19/07/2024",
         "Có", "V/v ...", ""],
        ["Đi", "H52.17", "", "7/BC-UBND", day, moment, None, "chưa ký số", "", "x"],
    ]  # fmt: skip
    found = understood(tmp_path / "t", a_workbook(*rows, heads=heads), shipped("documents"), OFFICE)
    assert found.refusals == []
    came, went = found.data
    assert isinstance(came, DocumentRecorded)
    assert isinstance(went, DocumentRecorded)
    assert (came.direction, came.organ, came.level, came.signature) == ("incoming", "H52.17.18", 3, "present")
    assert (came.sender, came.promulgated_on) == ("UBND tỉnh Sơn La", date(2024, 7, 10))
    assert (came.at, came.due_at) == (datetime(2024, 7, 12, 1, 30, tzinfo=UTC), datetime(2024, 7, 19, 10, tzinfo=UTC))
    assert (went.direction, went.sender, went.level, went.secret) == ("outgoing", "H52.17", 2, True)
    assert found.envelopes[1].subject == "document/outgoing/H52.17/H52.17/2024-07-11/7/BC-UBND"
    assert found.envelopes[1].time == went.at == datetime(2024, 7, 11, 9, tzinfo=UTC)


STEPS = """
event = "document-step"
dates = ["dd/MM/yyyy HH:mm", "dd/MM/yyyy"]
[columns]
direction = "Chiều"
sender = "Nơi gửi"
code = "Số"
promulgated_on = "Ngày"
status = "Bước"
at = "Lúc"
[constants]
agency = "H52.17.18"
[codes.direction]
"đến" = "incoming"
[codes.status]
"hoàn thành" = 6
"""


def test_steps_of_documents_are_read_and_refused_by_their_cells(tmp_path: Path) -> None:
    heads = ["Chiều", "Nơi gửi", "Số", "Ngày", "Bước", "Lúc"]
    good = ["đến", "H52", "1/CV", "10/07/2024", "Hoàn thành", "12/07/2024 08:30"]
    bad = ["đến", "", "1/CV", "10/07/2024", "6", "12/07/2024"]
    found = understood(tmp_path / "t", a_csv(good, bad, heads=heads), STEPS, OFFICE)
    assert isinstance(found.data[0], DocumentProgressed)
    assert found.fields == ["E3 (Bước)", "F3 (Lúc)"]
    late = understood(tmp_path / "t", a_csv(["đến", "", *good[2:]], heads=heads), STEPS, OFFICE)
    assert late.fields == ["B2 (Nơi gửi)"], "who sent an incoming document is not guessed"


def test_certificates_are_read_with_their_unit_and_level(tmp_path: Path) -> None:
    heads = ["Số serial", "Mã đơn vị", "Loại", "Từ ngày", "Đến ngày", "Người giữ"]
    rows = [["AB12", "H52.17", "Tổ chức", "01/01/2024", "31/12/2026", "LÒ THỊ MỶ"],
            ["AB13", "H52.17", "Cá nhân", "01/01/2024", "01/01/2023", ""]]  # fmt: skip
    found = understood(tmp_path / "t", a_csv(*rows, heads=heads), shipped("certificates"), OFFICE)
    (data,) = found.data
    assert isinstance(data, CertificateRecorded)
    assert (data.unit, data.level, data.kind) == ("03979", 2, "organ")
    assert data.valid_until == datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    assert found.fields == ["E3 (Đến ngày)"]
    assert "MỶ" not in str(found.portions)


def test_a_schedule_becomes_meetings_told_when_the_file_was_written(tmp_path: Path) -> None:
    heads = ["Mã cuộc họp", "Đơn vị chủ trì", "Ngày họp", "Giờ họp", "Điểm cầu", "Hủy"]
    rows = [["H-1", "H52.17", "12/03/2026", "8h30", "H52.17.18; KHACH-1; H52.17.18", ""],
            ["H-2", "H52.17", "12/03/2026", "", "", "x"],
            ["H-3", "H52.17", "12/03/2026", "8h30", "H52.17.18; anh Sơn", ""]]  # fmt: skip
    found = understood(tmp_path / "t", a_csv(*rows, heads=heads), shipped("meetings"), OFFICE)
    (data,) = found.data
    assert isinstance(data, MeetingRecorded)
    assert data.scheduled_at == datetime(2026, 3, 12, 1, 30, tzinfo=UTC)
    assert data.invited == (Site(site="H52.17.18", unit="03980"), Site(site="KHACH-1"))
    assert found.envelopes[0].time == WRITTEN
    assert found.fields == ["C3 (Ngày họp)", "E4 (Điểm cầu)"], "no time of day is guessed, and no name is kept"
    assert "Sơn" not in str(found.portions)


PETITIONS = """
event = "petition"
dates = ["dd/MM/yyyy"]
[columns]
petition = "Mã"
agency = "Mã đơn vị"
received_at = "Ngày nhận"
satisfied = "Hài lòng"
[hours]
received_at = "08:00"
"""


def test_a_meeting_put_off_and_back_again_is_news_where_the_table_says_when_it_was_told(tmp_path: Path) -> None:
    heads = ["Mã cuộc họp", "Đơn vị chủ trì", "Bắt đầu", "Ngày lập lịch"]
    rows = [["H-1", "H52.17", "12/03/2026 08:00", "01/03/2026"], ["H-1", "H52.17", "13/03/2026 08:00", "02/03/2026"],
            ["H-1", "H52.17", "12/03/2026 08:00", "03/03/2026"]]  # fmt: skip
    found = understood(tmp_path / "t", a_csv(*rows, heads=heads), shipped("meetings"), OFFICE)
    assert len({envelope.id for envelope in found.envelopes}) == 3
    assert [envelope.time.day for envelope in found.envelopes] == [1, 2, 3]
    again = understood(tmp_path / "t", a_csv(*rows, heads=heads), shipped("meetings"), OFFICE)
    assert again.envelopes == found.envelopes


def test_forms_and_petitions_are_read(tmp_path: Path) -> None:
    heads = ["Mã phiếu", "Mã đơn vị", "Ngày đánh giá", "Mức đánh giá", "Góp ý"]
    rows = [["P1", "H52.17.18", "12/07/2024", "Rất hài lòng", "cảm ơn"], ["P2", "H52.99", "12/07/2024", "tốt", ""]]
    forms = understood(tmp_path / "t", a_csv(*rows, heads=heads), shipped("evaluations"), OFFICE)
    (form,) = forms.data
    assert isinstance(form, EvaluationRecorded)
    assert (form.verdict, form.unit) == (Verdict.GOOD, "03980")
    assert forms.fields == ["B3 (Mã đơn vị)"]
    heads = ["Mã", "Mã đơn vị", "Ngày nhận", "Hài lòng"]
    found = understood(
        tmp_path / "t", a_csv(["K1", "H52.17.18", "12/07/2024", "không"], heads=heads), PETITIONS, OFFICE
    )
    (petition,) = found.data
    assert isinstance(petition, PetitionRecorded)
    assert petition.satisfied is False
