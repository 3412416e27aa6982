"""edXML as a file, and the chain that the centre trusts: what the vendor's pack shows is understood."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from ingest.files.given import Given
from ingest.sources.kinds import KINDS
from ioc.errors import SettingError
from ioc.settings import Settings
from ioc.trusting import open_trust
from tests.building.edxml import DOCUMENTS, Message
from tests.building.signing import PLACE, a_chain, signed
from tests.servers.home import ioc

NOW = datetime(2026, 6, 5, tzinfo=UTC)
EXAMPLE = files("ingest.pack") / "examples" / "edxml.xml"


def test_the_example_of_the_pack_is_understood() -> None:
    checked = ioc("ingest", "check", "edxml", str(EXAMPLE), "--agency", "H52.17.18=03980", "--format", "json")
    told = json.loads(checked.stdout)
    assert checked.returncode == 0, told
    assert [record["case"] for record in told["files"][0]["records"]] == [
        "document/incoming/H52.17.18/000.00.17.H52/2026-07-20/1235/SNV-CCHC"
    ]


def test_a_files_signature_is_checked_against_the_chain_of_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "signed.xml"
    path.write_bytes(signed(Message(signature=PLACE).body(), a_chain().organ))
    for trust, state in ((a_chain().trust, b'"valid"'), (None, b'"present"')):
        (portion,) = KINDS["edxml"].portions(path, Given(DOCUMENTS, NOW, trust=trust), 0)
        assert b'"signature":' + state in portion.understood[0].entry.body


def test_the_chain_is_read_from_the_file_that_the_setting_names(tmp_path: Path) -> None:
    chain = tmp_path / "chain.pem"
    chain.write_bytes(a_chain().root.pem + a_chain().authority.pem)
    settings = Settings.load(tmp_path, {"IOC_CERTIFICATE_CHAIN": str(chain)})
    assert open_trust(settings) == a_chain().trust
    assert open_trust(Settings.load(tmp_path, {})) is None


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN CERTIFICATE-----\n", b"\xff\xfe"])
def test_a_chain_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    chain = tmp_path / "chain.pem"
    if content is not None:
        chain.write_bytes(content)
    with pytest.raises(SettingError, match=f"IOC_CERTIFICATE_CHAIN names {chain}"):
        open_trust(Settings.load(tmp_path, {"IOC_CERTIFICATE_CHAIN": str(chain)}))
