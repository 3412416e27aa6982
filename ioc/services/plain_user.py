"""Who runs PostgreSQL, which refuses to be run by root: root itself under another name.

No system user is made and no folder above the data is opened to others.
"""

import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_NOBODY = 65534


@dataclass(frozen=True, slots=True)
class PlainUser:
    """What to put before a command so that it isn't root's, and who has to own its files."""

    prefix: tuple[str, ...]
    owner: int

    def works(self) -> bool:
        """Whether this machine allows it."""
        try:
            return subprocess.run([*self.prefix, "true"], check=False, capture_output=True).returncode == 0
        except OSError:
            return False

    def own(self, folder: Path) -> None:
        """Make its files the owner's, where they were made in another way."""
        if os.geteuid() != 0 or folder.stat().st_uid == self.owner:
            return
        for path, _, files in os.walk(folder):
            for name in (".", *files):
                os.chown(Path(path, name), self.owner, self.owner, follow_symlinks=False)


SELF = PlainUser((), os.geteuid())

# In a user namespace root is seen as "nobody" and still owns its own files.
NAMESPACE = PlainUser(("unshare", "--user", f"--map-user={_NOBODY}", f"--map-group={_NOBODY}", "--"), 0)

# Where namespaces are forbidden, as in most containers: nobody, with root's right to pass any folder and
# nothing else of root's. A change of user clears the signal for orphans: "keep" sets it again.
NOBODY = PlainUser(
    ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", "--pdeathsig=keep",
     "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override", "--bounding-set=-all,+dac_override", "--"),
    _NOBODY,
)  # fmt: skip


@cache
def plain_user() -> PlainUser:
    """The way that this machine allows; `SELF` for everyone but root."""
    if os.geteuid() != 0:
        return SELF
    return NAMESPACE if NAMESPACE.works() else NOBODY
