"""Receipts (biên nhận): what a receiver answered, checked against what was sent; ours, where none answers."""

import base64
import binascii
from typing import Any, Final, Literal

import msgspec
import rfc8785
import structlog

from ioc.delivering.channel import DeliveryError, Parcel
from stream.snapshot.seal.keys import PublicKey
from stream.snapshot.sending.outbox import Answer

FORMAT: Final = "vn.ioc.receipt/1"
PLACED: Final = "vn.ioc.placed/1"
SIGNATURE: Final = "Receipt-Signature"
LARGEST: Final = 64 * 1024
"""Bytes of the largest receipt that is read."""

_log = structlog.get_logger(__name__)


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a receipt says at least; a receiver may say more. `findings` are codes of what was found in the package."""

    format: Literal["vn.ioc.receipt/1"]
    digest: str
    kind: str
    period: str
    version: int
    received_at: str
    receiver: str
    findings: tuple[str, ...] = ()


def check_receipt(answer: Answer, parcel: Parcel, key: PublicKey | None) -> Receipt:
    """The receipt, if it is one for this parcel, and signed by the receiver's key where that is known.

    Raises `DeliveryError`: a receipt for something else is final, since the receiver has something else then.
    """
    delivery = parcel.delivery
    try:
        receipt = msgspec.json.decode(answer.receipt, type=Receipt)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DeliveryError(f"answered without a receipt of the format {FORMAT}: {error}") from error
    if receipt.digest != delivery.digest:
        raise DeliveryError(f"the receipt is for another package: digest {receipt.digest[:64]}", is_final=True)
    told = (receipt.kind, receipt.period, receipt.version)
    if told != (delivery.kind, delivery.period, delivery.version):
        raise DeliveryError(f"the receipt is for another snapshot: {'/'.join(map(str, told))[:120]}", is_final=True)
    if key is not None and not key.verifies(answer.receipt, _signature(answer.signature)):
        raise DeliveryError(f"the receipt is not signed by the receiver's key {key.id[:16]}")
    if receipt.findings:
        _log.warning("snapshot.receipt_findings", key=delivery.key, findings=list(receipt.findings))
    return receipt


def placed(parcel: Parcel, where: str, sha256: str) -> Answer:
    """What was found where a package was put: read back, so that it is what is there and not what was sent."""
    delivery = parcel.delivery
    found: dict[str, Any] = {
        "format": PLACED, "digest": delivery.digest, "kind": delivery.kind, "period": delivery.period,
        "version": delivery.version, "where": where, "bytes": len(parcel.package), "sha256": sha256,
    }  # fmt: skip
    return Answer(rfc8785.dumps(found))


def _signature(header: str | None) -> bytes:
    try:
        return base64.b64decode(header or "", validate=True)
    except binascii.Error:
        return b""
