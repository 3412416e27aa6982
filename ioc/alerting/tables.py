"""Rules and alerts on the command line."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from stream.alerts.rule import Rule


def rule_json(rule: Rule) -> Mapping[str, Any]:
    """A rule as JSON, a contract."""
    return {
        "id": rule.id,
        "title": {"vi": rule.title.vi, "en": rule.title.en},
        "level": rule.level,
        "kind": rule.kind,
        "about": rule.about,
        "of": rule.of,
        "limit": rule.limit,
        "clear": rule.clear,
        "side": "above" if rule.is_above else "below",
        "for": str(rule.lasts),
        "clear_for": str(rule.clear_for),
        "longer_than": None if rule.longer_than is None else str(rule.longer_than),
        "causes": list(rule.causes),
        "basis": {"text": rule.basis.text, "certainty": rule.basis.certainty},
    }


def rules_table(rules: Sequence[Rule]) -> Table:
    """Rules, one a line."""
    table = _table("rule", "title", "level", "about", "breach", "for", "ends at", "for")
    for each in rules:
        of = each.about if each.longer_than is None else f"{each.about} > {each.longer_than}"
        side = ">" if each.is_above else "<"
        table.add_row(
            each.id, each.title.vi, each.level, of, f"{side} {each.limit:g}", str(each.lasts), f"{each.clear:g}",
            str(each.clear_for),
        )  # fmt: skip
    return table


def alerts_table(alerts: Sequence[Mapping[str, Any]]) -> Table:
    """Alerts, one a line."""
    table = _table("alert", "rule", "subject", "level", "since", "cases", "sent", "put aside")
    for each in alerts:
        sent = sum(delivery["state"] == "sent" for delivery in each["deliveries"])
        table.add_row(
            str(each["id"]), each["rule"], each["subject"], each["level"], f"{each['opened_at']:%Y-%m-%d %H:%M}",
            str(each["number"]), f"{sent}/{len(each['deliveries'])}", "yes" if each.get("silenced") else "",
        )  # fmt: skip
    return table


def _table(*heads: str) -> Table:
    table = Table(box=None)
    for head in heads:
        table.add_column(head)
    return table
