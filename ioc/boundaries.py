"""Where imported boundaries live: `<home>/boundaries/`, one GeoJSON an import."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import structlog

from ioc.errors import IocError

if TYPE_CHECKING:
    from geo.surveyed import Surveyed

_log = structlog.get_logger()


def store(home: Path, surveyed: "Surveyed") -> Path:
    """Keep boundaries, whole or not at all; the same file imported again for the same day takes its place."""
    from geo.boundaries import to_text
    from geo.surveyed import to_document

    path = _folder(home) / f"{surveyed.valid_from}_{surveyed.sha256[:12]}.geojson"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
            file.write(to_text(to_document(surveyed)))
        part = Path(file.name)
        part.chmod(0o644)  # the dashboard may run as someone else
        part.replace(path)
    except OSError as error:
        raise IocError(f"the boundaries can't be kept in {path.parent}: {error}") from error
    return path


def stored(home: Path) -> "dict[Path, Surveyed]":
    """All imported boundaries by file; a file that can't be read is logged and passed over."""
    from geo.errors import SurveyError
    from geo.surveyed import surveyed_from

    found = {}
    for path in sorted(_folder(home).glob("*.geojson")):
        try:
            found[path] = surveyed_from(path.read_text(encoding="utf-8"))
        except (SurveyError, OSError, UnicodeDecodeError) as error:
            _log.warning("boundaries.passed_over", file=path.name, reason=str(error))
    return found


def watched(home: Path) -> "Callable[[], Sequence[Surveyed]]":
    """What is stored at the moment of each call; files are read again only when one of them changed."""
    seen: tuple[object, Sequence[Surveyed]] = ((), ())

    def now() -> "Sequence[Surveyed]":
        nonlocal seen  # one name for both, so that another thread never gets the one without the other
        marks, held = _marks(home), seen
        if marks != held[0]:
            seen = held = (marks, tuple(stored(home).values()))
        return held[1]

    return now


def _folder(home: Path) -> Path:
    return home / "boundaries"


def _marks(home: Path) -> tuple[tuple[str, int, int], ...]:
    marks = []
    for path in sorted(_folder(home).glob("*.geojson")):
        try:
            stat = path.stat()
        except OSError:  # taken away between the two
            continue
        marks.append((path.name, stat.st_mtime_ns, stat.st_size))
    return tuple(marks)
