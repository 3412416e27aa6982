"""Documents (văn bản): what is overdue and where, how much is signed, what comes and goes, the certificates."""

from dashboard.wall.scenes.documents.scene import DOCUMENTS

__all__ = ["DOCUMENTS"]
