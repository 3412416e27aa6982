"""What each finding is called, how grave it is, and what it means: for a clerk who has a file and a doubt about it."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "note"]

WORDS: Final[Mapping[str, tuple[Severity, str, str]]] = {
    # --- the package ---
    "package.unreadable": (
        "error",
        "Gói không còn như khi được đóng: {why}.",
        "The package is not as it was packed: {why}.",
    ),
    "package.name": (
        "error",
        "Tên tệp là {name}, nhưng bên trong là {inside}: tệp đã bị tráo hoặc đổi tên.",
        "The file is called {name}, but holds {inside}: it was swapped or renamed.",
    ),
    "manifest.unreadable": (
        "error",
        "Bản kê không đọc được theo đúng khuôn dạng: {why}.",
        "The manifest can't be read as it has to be: {why}.",
    ),
    # --- the signature ---
    "signature.good": (
        "note",
        "Chữ ký số đúng, tạo bằng khóa {key}: {trust_vi}.",
        "The signature is right, made with the key {key}: {trust_en}.",
    ),
    "signature.wrong": (
        "error",
        "Chữ ký số sai: bản kê hoặc chữ ký đã bị sửa sau khi niêm phong, hoặc do người khác tạo ra.",
        "The signature is wrong: manifest or signature were changed after sealing, or made by somebody else.",
    ),
    "key.unknown": (
        "error",
        "Bản kê ký bằng khóa {key}, không có trong các khóa được đưa vào để kiểm tra: không chứng minh được ai ký.",
        "The manifest names the key {key}, which is not among the keys given: nobody can tell who signed.",
    ),
    "key.not_trusted": (
        "error",
        "Khóa {key} có trong danh sách nhưng không đáng tin: {why_vi}.",
        "The key {key} is listed, but can't be trusted: {why_en}.",
    ),
    "key.revoked_before": (
        "error",
        "Khóa {key} đã bị thu hồi ngày {at} ({reason}), trước thời điểm niêm phong ghi trong bản kê ({sealed_at}).",
        (
            "The key {key} was revoked at {at} ({reason}), before the moment of sealing that the manifest names"
            " ({sealed_at})."
        ),
    ),
    "key.revoked_since": (
        "warning",
        (
            "Khóa {key} bị thu hồi ngày {at} ({reason}), sau thời điểm niêm phong {sealed_at}. Thời điểm này chỉ là"
            " lời của bên niêm phong: ai có khóa bị lộ cũng ghi lùi ngày được; hãy đối chiếu với biên nhận lúc gửi."
        ),
        (
            "The key {key} was revoked at {at} ({reason}), after it was sealed at {sealed_at}. That moment is the"
            " sealer's word only: who has a stolen key can date back; compare with the receipt of the delivery."
        ),
    ),
    "key.retired_before": (
        "error",
        "Khóa {key} đã thôi dùng từ {at}, trước thời điểm niêm phong ghi trong bản kê ({sealed_at}).",
        (
            "The key {key} was taken out of use at {at}, before the moment of sealing that the manifest names"
            " ({sealed_at})."
        ),
    ),
    # --- the files ---
    "file.good": (
        "note",
        "{count} tệp có đúng giá trị băm SHA-256 ghi trong bản kê.",
        "{count} files have the SHA-256 that the manifest names.",
    ),
    "file.missing": ("error", "Thiếu tệp {name}.", "The file {name} is missing."),
    "file.extra": (
        "error",
        "Có tệp {name} mà bản kê không nêu.",
        "There is a file {name} that the manifest does not name.",
    ),
    "file.digest": (
        "error",
        "Tệp {name} đã bị sửa sau khi niêm phong: giá trị băm là {is_now}, bản kê ghi {sealed}.",
        "The file {name} was changed after sealing: its digest is {is_now}, the manifest names {sealed}.",
    ),
    "file.size": (
        "error",
        "Tệp {name} có {is_now} byte, bản kê ghi {sealed}.",
        "The file {name} has {is_now} bytes, the manifest says {sealed}.",
    ),
    # --- what the JSON says ---
    "json.unreadable": (
        "error",
        "snapshot.json không đọc được theo đúng khuôn dạng: {why}.",
        "snapshot.json can't be read as it has to be: {why}.",
    ),
    "json.draft": (
        "error",
        "snapshot.json là bản chạy thử, không phải số liệu chính thức.",
        "snapshot.json is a dry run, no official snapshot.",
    ),
    "json.differs": (
        "error",
        "Mục {field}: bản kê và snapshot.json nói khác nhau.",
        "{field}: manifest and snapshot.json say different things.",
    ),
    "moments.order": (
        "warning",
        "Niêm phong lúc {sealed_at}, trước thời điểm chốt số liệu {known_at}: đồng hồ bên niêm phong đã bị chỉnh.",
        "Sealed at {sealed_at}, before the moment {known_at} as of which it is known: the sealer's clock was set.",
    ),
    "form.identity": (
        "error",
        "Biểu II.06a, {row}: {rule} không đúng ({left} và {right}).",
        "Form II.06a, {row}: {rule} does not hold ({left} and {right}).",
    ),
    "form.good": (
        "note",
        "{rows} dòng của {forms} biểu II.06a thỏa các đẳng thức của biểu, các dòng cộng đúng bằng tổng số.",
        "{rows} rows of {forms} forms II.06a fulfil the form's identities, and the rows add up to the totals.",
    ),
    # --- the chain ---
    "chain.good": (
        "note",
        "Chuỗi {kind}: các số {first} đến {last} nối nhau đủ và đúng.",
        "Chain {kind}: numbers {first} to {last} are complete and linked.",
    ),
    "chain.open": (
        "note",
        "Chuỗi {kind} bắt đầu ở số {first} trong các gói được đưa vào: mối nối với số {before} chưa kiểm tra được.",
        "Chain {kind} begins with number {first} among those given: its link to number {before} is not checked.",
    ),
    "chain.missing": (
        "error",
        "Chuỗi {kind}: thiếu {missing} giữa các gói được đưa vào.",
        "Chain {kind}: {missing} missing among those given.",
    ),
    "chain.link": (
        "error",
        "Số {number} nói rằng nó nối tiếp bản kê {named}, nhưng bản kê số {before} là {is_now}: chuỗi bị đứt.",
        (
            "Number {number} says that it follows the manifest {named}, but that of number {before} is {is_now}: the"
            " chain is broken."
        ),
    ),
    "chain.fork": (
        "error",
        "Chuỗi {kind}: có hai bản kê khác nhau cùng mang số {number} ({other}).",
        "Chain {kind}: two different manifests have the number {number} ({other}).",
    ),
    "chain.version_twice": (
        "error",
        "Phiên bản {version} của kỳ {period} được niêm phong hai lần, ở số {number} và số {other}.",
        "Version {version} of {period} was sealed twice, as number {number} and as number {other}.",
    ),
    "chain.twice": (
        "note",
        "Cùng một gói được đưa vào hai lần ({other}).",
        "The same package was given twice ({other}).",
    ),
    "restates.digest": (
        "error",
        "Nói rằng thay cho phiên bản {version} với bản kê {named}, nhưng bản kê của phiên bản đó là {is_now}.",
        (
            "Says that it restates version {version} with the manifest {named}, but the manifest of that version is"
            " {is_now}."
        ),
    ),
    "restates.good": (
        "note",
        "Thay cho phiên bản {version} của kỳ {period}, đúng là bản đã niêm phong ở số {number}.",
        "Restates version {version} of {period}, which is the one sealed as number {number}.",
    ),
    "restates.open": (
        "note",
        "Thay cho phiên bản {version} của kỳ {period}; phiên bản đó không có trong các gói được đưa vào.",
        "Restates version {version} of {period}, which is not among those given.",
    ),
}
"""Each code with its severity and its sentence (vi, en)."""

TRUST: Final[Mapping[str, tuple[str, str]]] = {
    "given": ("khóa được đưa vào để kiểm tra", "a key that was given"),
    "listed": ("khóa có trong danh sách được đưa vào", "a key of the list that was given"),
    "endorsed": ("khóa được khóa trước xác nhận", "a key that the key before it endorsed"),
}
"""Why a key is trusted."""

MISTRUST: Final[Mapping[str, tuple[str, str]]] = {
    "not_endorsed": (
        "không có khóa đáng tin nào xác nhận nó",
        "no key that is trusted endorses it",
    ),
    "wrong_endorsement": (
        "lời xác nhận không phải do khóa trước ký",
        "its endorsement was not signed by the key that it names",
    ),
    "endorser_revoked": (
        "khóa xác nhận nó đã bị thu hồi trước đó",
        "the key that endorses it had been revoked before",
    ),
}
"""Why a listed key is not trusted."""
