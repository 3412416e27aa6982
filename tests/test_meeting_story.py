"""The story of a meeting: who came, who is away, what was lost; as of any moment."""

import pytest
from click.testing import CliRunner

from ingest.log.postgres import PostgresLog
from ioc.commands.case import case
from tests.building.applying import apply_all
from tests.building.conference import MEETING, schedule, step

A, B, GUEST = ("DC-A", "03980"), ("DC-B", "04033"), ("DC-X", None)


def test_it_says_who_came_and_what_was_lost(log: PostgresLog, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    log.append([
        schedule("2026-01-05 09:00", A, B, GUEST),
        step("started", "2026-01-05 09:10"),
        step("joined", "2026-01-05 09:10", A, "1"),
        step("joined", "2026-01-05 09:20", B, "2"),
        step("left", "2026-01-05 09:30", B, "2"),
    ])  # fmt: skip
    apply_all(log, database)

    def shown(as_of: str, language: str = "vi") -> str:
        return CliRunner().invoke(case, ["show", f"meeting/{MEETING}", "--as-of", as_of, "--lang", language]).output

    during = shown("2026-01-05T09:40")
    for sentence in (
        "Điểm cầu: mời 2, có dự 2, vào muộn 1.",
        "Bắt đầu muộn: 10 phút.",
        "Điểm cầu DC-B mất kết nối từ 09:30 05/01/2026.",
    ):
        assert sentence in during
    assert "Site DC-B is away since 09:30 05/01/2026." in shown("2026-01-05T09:40", "en")
    assert "Không ai báo kết thúc: sau 24 giờ" in shown("2026-01-07T09:00")
    log.append([step("joined", "2026-01-05 09:37", B, "3"), step("ended", "2026-01-05 10:10")])
    apply_all(log, database)
    after = shown("2026-01-05T11:00")
    assert "Điểm cầu mất kết nối, tổng: 7 phút." in after
    assert "Thời lượng: 60 phút." in after
    assert "mất kết nối từ" not in after
    assert "Thời lượng" not in shown("2026-01-05T09:40")
