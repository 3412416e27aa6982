"""The promises of a home's sources, told where the centre does not know them: after an upgrade, a log that was away."""

from ioc.settings import Settings


def declare_sources(settings: Settings) -> None:
    """Declare every source whose promise the centre does not know."""
    from ioc.declaring import declare_registered

    declare_registered(settings)
