"""One-stop shops (một cửa): the flow of form II.06a, the index of Decision 766, the fields, the KPIs behind."""

from dashboard.wall.scenes.onestop.scene import ONESTOP

__all__ = ["ONESTOP"]
