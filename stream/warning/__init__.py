"""Early warning (cảnh báo sớm): the chance that an open application misses its due date, and why."""

from stream.warning.sentence import sentence
from stream.warning.store import Model, Warning, is_warned, read_model, read_warnings  # noqa: A004 - our own Warning

__all__ = ["Model", "Warning", "is_warned", "read_model", "read_warnings", "sentence"]
