"""The certificate chain that signatures of documents are checked against, where one is named."""

from typing import TYPE_CHECKING

from ioc.errors import SettingError
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.sources.edxml import Trust


def open_trust(settings: Settings) -> "Trust | None":
    """The certificates of IOC_CERTIFICATE_CHAIN; None where it is not set. Raises `SettingError`."""
    if settings.certificate_chain is None:
        return None
    from ingest.sources.edxml import Trust, UnreadableChainError

    path = settings.certificate_chain
    try:
        return Trust.from_pem(path.read_bytes())
    except OSError as error:
        raise SettingError(f"IOC_CERTIFICATE_CHAIN names {path}, which can't be read: {error.strerror}") from error
    except UnreadableChainError as error:
        raise SettingError(f"IOC_CERTIFICATE_CHAIN names {path}: {error}") from error
