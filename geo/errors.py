"""What can go wrong with places; each error says whether trying again can help."""


class GeoError(Exception):
    """A question about places has no answer."""

    retriable = False


class UnitsUnknownError(GeoError):
    """The units that were in force on that day are not recorded."""


class UnknownPlaceError(GeoError):
    """No unit and no area bears that code on that day."""


class UnknownUnitError(UnknownPlaceError):
    """No unit bears that code on that day."""


class SurveyError(GeoError):
    """A file of boundaries can't be imported; the sentence says what to mend, feature by feature."""
