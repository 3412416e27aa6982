"""Files of sync bodies into the log, resumable."""

from ingest.files.progress import Progress, TakenFiles
from ingest.files.take import FileTaker, Taken

__all__ = ["FileTaker", "Progress", "Taken", "TakenFiles"]
