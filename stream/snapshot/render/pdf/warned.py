"""The marks of a snapshot in full: which sources are missing, how late and why, what changed at a glance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stream.snapshot.content.document import Restates, Snapshot, SourceFacts
from stream.snapshot.render.marks import marks
from stream.snapshot.render.pdf.cases import Cases
from stream.snapshot.render.pdf.numbers import said
from stream.snapshot.render.pdf.restated import change_said
from stream.snapshot.render.pdf.wording import SOURCE_KINDS, lower
from stream.snapshot.render.wording import CAUSES, SOURCE_STATES, lasting, moment

_AT_A_GLANCE = 4


@dataclass(frozen=True, slots=True)
class Warned:
    """A word in capitals, a sentence, and its details."""

    word: str
    sentence: str
    details: tuple[str, ...] = ()


def warnings(snapshot: Snapshot) -> Iterator[Warned]:
    """What must not be overlooked, the gravest first."""
    witness = snapshot.witness
    for mark in marks(snapshot):
        match mark.id:
            case "draft":
                sentence = "Chạy thử để xem trước: chưa ký số, không gửi đi, không có giá trị báo cáo."
                yield Warned(mark.title, sentence)
            case "partial":
                sentence = f"Thiếu {len(witness.missing)} nguồn không gửi đúng nhịp khi lập báo cáo:"
                yield Warned(mark.title, sentence, tuple(_missing(snapshot)))
            case "late":
                reasons = "; ".join(lower(reason.text.vi) for reason in witness.late)
                sentence = (
                    f"Lập lúc {moment(witness.taken_at)}, muộn {lasting(witness.late_seconds)} so với lịch "
                    f"({moment(snapshot.due_at)}). Lý do: {reasons}."
                )
                yield Warned(mark.title, sentence)
            case "restated" if snapshot.restates is not None:
                yield _restated(snapshot, snapshot.restates, mark.title)


def tags(snapshot: Snapshot) -> str:
    """The marks in the head of each page."""
    return " · ".join(mark.title for mark in marks(snapshot))


def _missing(snapshot: Snapshot) -> Iterator[str]:
    sources = {source.source: source for source in snapshot.witness.sources}
    names = {unit.code: unit.name for unit in snapshot.units}
    for name in snapshot.witness.missing:
        yield _described(sources[name], names) if name in sources else name


def _described(source: SourceFacts, units: Mapping[str, str]) -> str:
    where = ", ".join(units.get(code, code) for code in source.units) or "toàn khu vực"
    kind = SOURCE_KINDS.get(source.kind, source.kind)
    state = lower(SOURCE_STATES.get(source.state, source.state))
    last = "" if source.last_known_at is None else f", lần cuối {moment(source.last_known_at)}"
    return f"{source.source} ({kind}; {where}): {state}{last}"


def _restated(snapshot: Snapshot, restates: Restates, title: str) -> Warned:
    told = tuple(change_said(snapshot, change) for change in restates.differences[:_AT_A_GLANCE])
    more = len(restates.differences) - len(told)
    n, changed = len(Cases.of(restates).known_at), len(restates.differences)
    return Warned(
        title,
        f"Thay cho phiên bản {restates.version} (số liệu biết đến {moment(restates.known_at)}), "
        f"{CAUSES[restates.cause]}. {said(changed)} số liệu thay đổi; nêu {said(n)} hồ sơ làm thay đổi.",
        (*told, *([f"và {said(more)} số liệu khác, xem phần điều chỉnh"] if more > 0 else [])),
    )
