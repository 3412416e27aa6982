"""Who may see what: anybody (open), or enrolled displays and operators only (enrolled).

A display's session opens one wall, its own rotation, and nothing else; an operator's opens everything. See
docs/displays.md for the whole matrix and `rule.py` for the words of it.
"""

from dashboard.access.entry import Access, Entry
from dashboard.access.guard import AccessGuard, display_of

__all__ = ["Access", "AccessGuard", "Entry", "display_of"]
