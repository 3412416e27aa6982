"""The letter as PDF, drawn here with fonts of our own: it looks the same on every machine."""

import threading
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from dashboard.letters.errors import LetterError
from dashboard.letters.letter import Letter

HERE: Final = Path(__file__).parent
_FONTS: Final = (("normal", 400), ("italic", 400), ("normal", 700))
_one_at_a_time = threading.Lock()  # the library under it keeps its fonts in one place for all threads


def pdf_of(letter: Letter) -> bytes:
    """The letter on A4, tagged for readers that speak. Raises `LetterError` where the machine has no Pango."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 - slow to import, and the machine may lack what it calls
        from weasyprint.urls import URLFetcher  # noqa: PLC0415 - the same
    except OSError as error:  # the Python package is there, the library of the system that it calls is not
        raise LetterError("no_pdf") from error
    text = _template().render(letter=letter, fonts=_FONTS)
    fetcher = URLFetcher(allowed_protocols=("file",), fail_on_errors=True)
    with _one_at_a_time:
        drawn: bytes = HTML(string=text, base_url=f"{HERE.as_uri()}/", url_fetcher=fetcher).write_pdf(pdf_tags=True)
    return drawn


@cache
def _template() -> Template:
    loader = FileSystemLoader(HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("letter.html")
