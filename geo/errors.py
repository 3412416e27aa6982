"""What can go wrong with places; each error says whether trying again can help."""


class GeoError(Exception):
    """A question about places has no answer."""

    retriable = False


class UnitsUnknownError(GeoError):
    """The units that were in force on that day are not recorded."""


class UnknownUnitError(GeoError):
    """No unit bears that code on that day."""
