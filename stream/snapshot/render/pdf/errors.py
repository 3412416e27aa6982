"""What keeps a snapshot from being drawn."""

from typing import Final


class NoPdfError(Exception):
    """The machine has no Pango, which weasyprint draws text with: nothing was drawn. Installing it helps."""

    retriable: Final = True
