"""Run once more what failed: a shared machine that stood still for a second is told from a fault that stays.

`make test` calls it where pytest failed. Few tests are run again, each alone; what failed at first stays printed above,
and is named once more at the end, so that nobody takes it for a test that never failed. What fails twice has failed.
"""

import json
import sys
from pathlib import Path
from subprocess import run
from typing import Final

FEW: Final = 5
"""More than these are no accident."""
_KEPT: Final = Path(".pytest_cache/v/cache/lastfailed")


def failed_in(kept: Path) -> list[str]:
    """The tests that failed in the last run, by pytest's own record; none where there is no record."""
    return sorted(json.loads(kept.read_text())) if kept.exists() else []


def main() -> int:
    """Exit status 0 where all of them passed this time."""
    failed = failed_in(_KEPT)
    if not failed or len(failed) > FEW or not all("::" in each for each in failed):
        print(f"\n{len(failed)} failed: nothing is run again", file=sys.stderr)
        return 1
    print("\nFAILED AT FIRST, run once more:", *failed, sep="\n  ", file=sys.stderr)
    status = run([sys.executable, "-m", "pytest", "-ra", *failed], check=False).returncode
    said = "passed the second time: look for the cause" if status == 0 else "failed twice"
    print(f"\n{said}:", *failed, sep="\n  ", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
