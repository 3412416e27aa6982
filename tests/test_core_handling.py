"""How a case is handled: the log puts acts in one order, and of two people who act at once the first one holds."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from stream.core.handling import (
    CONTENDING,
    UNTOUCHED,
    Deed,
    Handling,
    HandlingRecord,
    fold_handling,
    handling_entries,
    judged_acts,
)
from stream.first_rules import first_rules

RULES = first_rules()
PEOPLE = ("lan", "minh", "ioc")


def act(pos: int, deed: Deed, by: str, seen: int, to: str | None = None, until: int | None = None) -> HandlingRecord:
    return HandlingRecord(pos + 1000, 1_700_000_000 + pos, int(deed), 3979, by, seen, pos, to, until)


def fold(*records: HandlingRecord) -> Handling:
    return fold_handling(records, RULES)


@st.composite
def acts(draw: st.DrawFn) -> Sequence[HandlingRecord]:
    """Acts in the order of the log, each seeing some version that was there by then."""
    found: list[HandlingRecord] = []
    for pos in range(draw(st.integers(1, 12))):
        version = fold_handling(found, RULES).version if found else 0
        deed, by = draw(st.sampled_from(list(Deed))), draw(st.sampled_from(PEOPLE))
        found.append(act(pos, deed, by, draw(st.integers(0, version)), draw(st.sampled_from(["lan", "minh", "D/1"]))))
    return found


@given(acts())
def test_an_act_takes_effect_unless_somebody_else_changed_the_standing_since_it_was_seen(
    records: Sequence[HandlingRecord],
) -> None:
    took: list[HandlingRecord] = []
    for each in judged_acts(records):
        record = each.record
        rivals = [other for other in took[record.seen :] if other.by != record.by]
        assert (each.overtaken_by is None) == (record.deed not in CONTENDING or not rivals)
        assert each.overtaken_by is None or each.overtaken_by in rivals
        if each.overtaken_by is None and record.deed in CONTENDING:
            took.append(record)
    assert fold_handling(records, RULES).version == len(took)


@given(acts())
def test_an_act_that_saw_the_newest_version_always_takes_effect(records: Sequence[HandlingRecord]) -> None:
    version = fold_handling(records, RULES).version
    after = fold(*records, act(99, Deed.ASSIGNED, "newcomer", version, "newcomer"))
    assert (after.version, after.holder) == (version + 1, "newcomer")


@given(acts())
def test_what_was_overtaken_changes_nothing(records: Sequence[HandlingRecord]) -> None:
    held = [each.record for each in judged_acts(records) if each.overtaken_by is None]
    if not held:
        return
    assert [each.overtaken_by for each in judged_acts(held)] == [None] * len(held)
    with_all, without = fold_handling(records, RULES), fold_handling(held, RULES)
    for name in ("version", "holder", "acknowledged_by", "rank", "is_dismissed", "ties", "comments"):
        assert getattr(with_all, name) == getattr(without, name)


@given(acts())
def test_handling_counts_for_no_figure(records: Sequence[HandlingRecord]) -> None:
    assert handling_entries(fold_handling(records, RULES), RULES) == frozenset()


def test_of_two_who_take_a_case_at_once_the_first_in_the_log_has_it() -> None:
    first = act(1, Deed.ASSIGNED, "lan", 0, "lan")
    second = act(2, Deed.ASSIGNED, "minh", 0, "minh")
    assert fold(first, second).holder == "lan"
    assert [each.overtaken_by for each in judged_acts([first, second])] == [None, first]


def test_what_is_reported_above_is_no_false_alarm_any_more() -> None:
    false = act(1, Deed.DISMISSED, "lan", 0, until=1_800_000_000)
    assert (fold(false).is_dismissed, fold(false).dismissed_due) == (True, 1_800_000_000)
    reported = fold(false, act(2, Deed.ESCALATED, "minh", 1, until=1_700_100_000))
    assert (reported.is_dismissed, reported.dismissed_due, reported.respond_by) == (False, None, 1_700_100_000)


def test_a_remark_is_overtaken_by_nothing_and_overtakes_nothing() -> None:
    first = act(1, Deed.ASSIGNED, "lan", 0, "lan")
    remark = act(2, Deed.COMMENTED, "minh", 0)
    taken = act(3, Deed.ASSIGNED, "minh", 1, "minh")
    state = fold(first, remark, taken)
    assert (state.holder, state.comments, state.version) == ("minh", 1, 2)


def test_who_clicks_twice_is_not_overtaken_by_themselves() -> None:
    state = fold(act(1, Deed.ACKNOWLEDGED, "lan", 0, until=9), act(2, Deed.ASSIGNED, "lan", 0, "lan"))
    assert (state.acknowledged_by, state.holder, state.version) == ("lan", "lan", 2)


def test_an_acknowledgement_answers_an_escalation() -> None:
    asked = act(1, Deed.ESCALATED, "lan", 0, until=50)
    assert fold(asked).respond_by == 50
    assert fold(asked, act(2, Deed.ACKNOWLEDGED, "minh", 1, until=90)).respond_by is None


def test_an_escalation_takes_the_acknowledgement_away() -> None:
    state = fold(act(1, Deed.ACKNOWLEDGED, "lan", 0, until=9), act(2, Deed.ESCALATED, "lan", 1, until=50))
    assert (state.acknowledged_by, state.acknowledged_until) == (None, None)


def test_a_tie_is_made_once_and_can_be_taken_away() -> None:
    tie = act(1, Deed.TIED, "lan", 0, "document/1")
    again = act(2, Deed.TIED, "minh", 0, "document/1")
    away = HandlingRecord(7, 7, int(Deed.TIED), 3979, "lan", 0, 3, "document/1", untied=True)
    assert fold(tie, again).ties == ("document/1",)
    assert fold(tie, again, away).ties == ()


def test_every_deed_leaves_its_own_trace() -> None:
    states = {repr(fold(act(1, deed, "lan", 0, "lan", 5))) for deed in Deed}
    assert len(states) == len(Deed)
    assert repr(UNTOUCHED) not in states
