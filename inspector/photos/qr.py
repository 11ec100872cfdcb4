"""What a QR code in a picture says: a photo of a screen or of paper, as a phone took it."""

from __future__ import annotations

import zxingcpp

from inspector.model.errors import BadInput
from inspector.photos.rendition import upright

LONG_SIDE_PX = 2400
"""A code of 97 modules that fills half of a picture has 12 px a module: four times what reading needs."""


def read(data: bytes, *, name: str) -> frozenset[str]:
    """The texts of the QR codes in a picture. Raises BadInput `qr-none` and those of an unreadable picture
    (`photo-not-an-image` …)."""
    image = upright(data, name=name, long_side_px=LONG_SIDE_PX).convert("L")
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    if not found:
        raise BadInput("qr-none", name=name)
    return frozenset(one.text for one in found)
