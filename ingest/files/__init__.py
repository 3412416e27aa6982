"""Files into the log, resumable; a watched folder of them; and what a file would be understood as."""

from ingest.files.given import Given, MappingFile
from ingest.files.progress import Progress, TakenFiles
from ingest.files.take import FileChangedError, FileTaker, Taken

__all__ = ["FileChangedError", "FileTaker", "Given", "MappingFile", "Progress", "Taken", "TakenFiles"]
