"""The letter as DOCX, for offices that write a word more by hand: filled into the template in `templates/`."""

from io import BytesIO

from dashboard.letters.docx_template import TEMPLATE
from dashboard.letters.letter import Letter


def docx_of(letter: Letter) -> bytes:
    """The letter for Word and LibreOffice."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - slow to import, and few letters are printed

    template = DocxTemplate(str(TEMPLATE))
    template.render({"letter": letter}, autoescape=True)
    properties = template.docx.core_properties  # get_docx() would read the template again
    properties.title, properties.author, properties.language = letter.title, letter.agency, "vi-VN"
    written = BytesIO()
    template.save(written)
    return written.getvalue()
