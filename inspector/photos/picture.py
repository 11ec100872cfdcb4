"""A picture out of untrusted bytes: which formats come in, how large they may be, what is wrong with a bad one."""

from __future__ import annotations

import io
import struct
import warnings
import zlib

import pillow_heif
from PIL import BmpImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from inspector.model.errors import BadInput, Environment
from inspector.model.photo import MAX_BYTES, MAX_PIXELS

FORMATS = (
    JpegImagePlugin.JpegImageFile.format,  # and MPO, a JPEG with further pictures behind it
    PngImagePlugin.PngImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
    BmpImagePlugin.BmpImageFile.format,
    "HEIF",
)
"""What phones, messengers, scanners and the clipboard write. Each further decoder is a further risk. Importing the
plug-ins is what makes Pillow know them; `Image.init()` would load all of its forty."""

_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_HEIF_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"heim", b"heis")
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow and libheif raise for bytes that are not what they claim (met by cutting and flipping files)."""

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow refuses twice that by itself, `opened` everything beyond it
warnings.filterwarnings("ignore", module=r"PIL\.")  # broken EXIF is reported by exif.read, size by `opened`


def opened(data: bytes, *, name: str) -> Image.Image:
    """The picture with its header read and nothing decoded yet.
    Raises BadInput: `photo-too-large`, `photo-too-many-pixels`, `photo-not-an-image`, `photo-damaged`."""
    check_size(len(data), name=name)
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadInput("photo-too-many-pixels", name=name, limit=MAX_PIXELS // 10**6) from error
    except _BROKEN as error:
        key = "photo-damaged" if _claims_to_be_a_picture(data) else "photo-not-an-image"
        raise BadInput(key, name=name) from error
    if image.width * image.height > MAX_PIXELS:
        raise BadInput("photo-too-many-pixels", name=name, limit=MAX_PIXELS // 10**6)
    return image


def check_size(size_bytes: int, *, name: str) -> None:
    """Raises BadInput `photo-too-large`: a dropped film is not even read."""
    if size_bytes > MAX_BYTES:
        raise BadInput("photo-too-large", name=name, mb=-(-size_bytes // 10**6), limit=MAX_BYTES // 10**6)


def decoded(image: Image.Image, data: bytes, *, name: str, long_side_px: int) -> Image.Image:
    """The picture with all of its data decoded, not smaller than `long_side_px` unless the original is.
    A JPEG is scaled while it is decoded (by 1/2, 1/4, 1/8): all of its data is read all the same, so a cut file is
    found, at 4 to 64 times less memory and in two thirds of the time (48 MP: 184 MB → 16 MB).
    Other formats need 4 bytes a pixel.
    Raises BadInput `photo-truncated`, `photo-damaged`; Environment `photo-memory`."""
    if isinstance(image, JpegImagePlugin.JpegImageFile):  # a HEIC would draft its embedded thumbnail
        ratio = min(1.0, long_side_px / max(image.size))
        image.draft(None, (max(1, int(image.width * ratio)), max(1, int(image.height * ratio))))
    try:
        image.load()
        whole = image.format != "HEIF" or _boxes_are_whole(data)
    except MemoryError as error:
        raise Environment("photo-memory", name=name) from error
    except _BROKEN as error:
        key = (
            "photo-truncated" if "truncated" in str(error) or "end of file" in str(error) else "photo-damaged"
        )
        raise BadInput(key, name=name) from error
    if not whole:
        raise BadInput("photo-truncated", name=name)
    return image


def exif_block(image: Image.Image) -> bytes:
    """The bytes of the EXIF block of a decoded picture (a PNG has it behind its data), empty if there is none."""
    block = image.info.get("exif")
    return block if isinstance(block, bytes) else b""


def _claims_to_be_a_picture(data: bytes) -> bool:
    riff = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    heif = data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS
    return data.startswith(_MAGIC) or riff or heif


def _boxes_are_whole(data: bytes) -> bool:
    """Whether the last top-level box of an ISO base media file (ISO/IEC 14496-12, 4.2) ends within the data.
    libheif draws tiles that are missing as grey and says nothing."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:  # the box goes to the end of the file
            return True
        if size < 8:
            return False
        at += size
    return at == len(data)
