"""Who may see and do what: displays, people and scripts, address by address.

A display's session opens one wall, its own rotation, and nothing else; a person's opens what their role gives them
(`people.py`), of the units of their scope. `routes.py` is the one table of addresses, `rule.py` says what becomes of a
request; docs/access.md has the whole matrix.
"""

from dashboard.access.entry import Access, Entry
from dashboard.access.guard import AccessGuard, display_of

__all__ = ["Access", "AccessGuard", "Entry", "display_of"]
