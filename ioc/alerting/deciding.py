"""Which rules hold: the centre's own file is read again when it changes; one with a mistake changes nothing."""

from pathlib import Path

import structlog

from stream.alerts.errors import AlertRuleError
from stream.alerts.rules import AlertRules, read_rules, shipped_rules

RULES_FILE = "alerts.toml"

_log = structlog.get_logger(__name__)


def rules_in(home: Path) -> AlertRules:
    """The rules with the centre's `<home>/alerts.toml` over them, if there is one. Raises `AlertRuleError`."""
    file = home / RULES_FILE
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return shipped_rules()
    except (OSError, UnicodeDecodeError) as error:
        raise AlertRuleError(f"{file}: can't be read: {error}") from error
    return read_rules(str(file), text)


class RulesInForce:
    """The newest rules that could be read. `problem` says what is wrong with the file as it is now."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._mark: object = ()
        self.rules = shipped_rules()
        self.problem: str | None = None

    def renew(self) -> bool:
        """Read the file again if it is another; answers whether it is: rules or what is wrong with them are others."""
        mark = _mark(self._home / RULES_FILE)
        if mark == self._mark:
            return False
        self._mark = mark
        try:
            self.rules = rules_in(self._home)
        except AlertRuleError as error:
            self.problem = str(error)
            _log.error("alerts.rules_refused", reason=self.problem)
            return True
        self.problem = None
        _log.info("alerts.rules", rules=len(self.rules))
        return True


def _mark(file: Path) -> object:
    try:
        known = file.stat()
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size, known.st_ino
