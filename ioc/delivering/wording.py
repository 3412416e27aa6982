"""The words of a mail that brings a snapshot: in Vietnamese, as a civil servant writes; all from the package itself."""

from typing import NamedTuple

from stream.snapshot.content.canonical import read
from stream.snapshot.render.marks import area_name, marks
from stream.snapshot.render.wording import moment, period_name, stretch
from stream.snapshot.seal.manifest import JSON, digest_of, read_manifest
from stream.snapshot.seal.package import unpack


class Told(NamedTuple):
    """Subject and text of the mail."""

    subject: str
    body: str


def told_of(package: bytes) -> Told:
    """What the mail about this package says; what nobody may overlook stands in the subject too."""
    opened = unpack(package)
    manifest, snapshot = read_manifest(opened.manifest), read(opened.files[JSON])
    borne = marks(snapshot)
    period = period_name(snapshot.period)
    marked = f" [{'; '.join(mark.title for mark in borne)}]" if borne else ""
    lines = [
        "Kính gửi Quý cơ quan,",
        "",
        "Trung tâm điều hành thông minh gửi kèm thư này gói số liệu chốt kỳ đã được niêm phong:",
        "",
        f"  Báo cáo: {snapshot.title.vi}",
        f"  Địa bàn: {area_name(snapshot)}",
        f"  Kỳ số liệu: {period}, {stretch(snapshot.period.first, snapshot.period.last)}",
        f"  Bản số: {manifest.version} (số thứ tự niêm phong: {manifest.number})",
        f"  Số liệu tính đến: {moment(manifest.as_of)}",
        f"  Niêm phong lúc: {moment(manifest.sealed_at)}",
        f"  Mã kiểm tra (SHA-256 của bản kê): {digest_of(opened.manifest)}",
        f"  Khóa niêm phong: {manifest.key}",
        *(("", "LƯU Ý:", *(f"- {mark.title}: {mark.text}" for mark in borne)) if borne else ()),
        "",
        "Gói (tệp ZIP) gồm số liệu dạng JSON, bảng tính XLSX, bản in PDF, bản kê và chữ ký số (Ed25519).",
        "Để kiểm tra gói, dùng lệnh `ioc verify` với khóa công khai của Trung tâm.",
        "Thư có thể đến hơn một lần; các thư có cùng mã kiểm tra là cùng một gói.",
    ]
    return Told(f"{snapshot.title.vi}: {period}, bản số {manifest.version}{marked}", "\n".join(lines) + "\n")
