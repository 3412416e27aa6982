"""The PDF: the object laid out by a template, drawn with fonts of our own, nothing fetched from anywhere else."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.document import Snapshot
from stream.snapshot.render.pdf.context import context_of
from stream.snapshot.render.pdf.errors import NoPdfError

HERE: Final = Path(__file__).parent
VARIANT: Final = "pdf/a-2a"
"""For archives, and tagged for readers that speak."""
_COLORS: Final = "ioc-srgb"
_one_at_a_time = threading.Lock()  # the library under it keeps its fonts in one place for all threads


def pdf_of(snapshot: Snapshot) -> bytes:
    """The snapshot on A4. The same object gives the same bytes. Raises `NoPdfError` where the machine has no Pango."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 - slow to import, and the machine may lack what it calls
        from weasyprint.urls import URLFetcher  # noqa: PLC0415 - the same
    except OSError as error:  # the Python package is there, the library of the system that it calls is not
        raise NoPdfError("Pango is missing, which text is drawn with") from error
    text = _template().render(context_of(snapshot), digest=sha256(canonical(snapshot)).hexdigest())
    fetcher = URLFetcher(allowed_protocols=("file",), fail_on_errors=True)
    with _one_at_a_time, _collecting_nothing():
        document = HTML(string=text, base_url=f"{HERE.as_uri()}/", url_fetcher=fetcher)
        drawn: bytes = document.write_pdf(
            pdf_variant=VARIANT, color_profiles={_COLORS: _color_profile()}, output_intent=_COLORS
        )
    return drawn


def _color_profile() -> object:
    """What colours mean on every machine, as archives ask: the library would leave its file open."""
    from weasyprint.css import ColorProfile  # noqa: PLC0415 - as above

    profile = BytesIO((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes())
    return ColorProfile(profile, "sRGB2014.icc", "relative-colorimetric", ("r", "g", "b"))


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """A layout is a million objects that all live until it is drawn: looking through them is a sixth of the time."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


@cache
def _template() -> Template:
    loader = FileSystemLoader(HERE / "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html")
