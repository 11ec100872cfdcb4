"""Small JPEGs of a photo: for paper, for lists, for the screen. Upright, sRGB, without metadata.

Equal originals, turns and marks give equal bytes under one version of Pillow and its libraries.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageCms

from inspector.model.inspection import Mark
from inspector.photos import exif, picture
from inspector.photos.marks import marked

PAPER_PX = 1200
PAPER_BYTES = 300_000
THUMBNAIL_PX = 512
SCREEN_PX = 2560

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TURNED = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns anticlockwise
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def rendition(
    original: bytes,
    *,
    name: str = "",
    turned: int = 0,
    marks: Sequence[Mark] = (),
    long_side_px: int = PAPER_PX,
    limit_bytes: int = PAPER_BYTES,
) -> bytes:
    """A JPEG for paper: upright, then turned clockwise by hand (0, 90, 180, 270), with its marks, at most
    `limit_bytes`. Quality starts at 80 and falls in steps of 10 to 50, then the picture shrinks by a quarter.
    Source of the limits: a sheet of 30 photos stays under 10 MB.
    Raises what `photos.intake.seen` raises."""
    image = upright(original, name=name, long_side_px=long_side_px)
    if marks:
        image = marked(image, marks)
    if turned:
        image = image.transpose(_TURNED[turned])
    while True:
        for quality in (80, 70, 60, 50):
            if len(data := _jpeg(image, quality)) <= limit_bytes:
                return data
        image = image.resize(
            (max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)), Image.Resampling.LANCZOS
        )


def thumbnail(original: bytes, *, name: str = "", turned: int = 0, long_side_px: int = THUMBNAIL_PX) -> bytes:
    """A JPEG for lists: upright, then turned clockwise by hand, unmarked. Raises like `rendition`."""
    image = upright(original, name=name, long_side_px=long_side_px)
    return _jpeg(image.transpose(_TURNED[turned]) if turned else image, 75)


def screen(original: bytes, *, name: str = "", long_side_px: int = SCREEN_PX) -> bytes:
    """A JPEG to look at closely, upright, neither turned by hand nor marked; also of a HEIC, which Qt cannot read.
    Raises like `rendition`."""
    return _jpeg(upright(original, name=name, long_side_px=long_side_px), 88)


def small(image: Image.Image, orientation: int) -> bytes:
    """The thumbnail of a picture that is decoded already."""
    return _jpeg(_prepared(image, orientation, THUMBNAIL_PX), 75)


def upright(original: bytes, *, name: str, long_side_px: int) -> Image.Image:
    """The picture as it is looked at: RGB in sRGB, on white where it was transparent, at most `long_side_px` long."""
    image = picture.opened(original, name=name)
    image = picture.decoded(image, original, name=name, long_side_px=long_side_px)
    return _prepared(image, exif.read(picture.exif_block(image)).orientation, long_side_px)


def _prepared(image: Image.Image, orientation: int, long_side_px: int) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits a channel: a scanner's grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.mode in ("1", "P", "PA"):
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
        profile = None
    if max(image.size) > long_side_px:
        ratio = long_side_px / max(image.size)
        size = (max(1, round(image.width * ratio)), max(1, round(image.height * ratio)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if image.mode in ("RGBA", "LA", "La", "RGBa"):
        image = _on_white(image.convert("RGBA"))
    image = _in_srgb(image, profile)
    if orientation in _UPRIGHT:
        image = image.transpose(_UPRIGHT[orientation])
    return image


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, (255, 255, 255))
    paper.paste(image, (0, 0), image.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Colours by the picture's own profile; without one, or with one that cannot be used, they are taken as sRGB."""
    if isinstance(profile, bytes) and profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    bare = Image.frombytes("RGB", image.size, image.tobytes()) if image.info else image
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
