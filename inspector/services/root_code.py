"""The office's root as a QR code: its text, and what a person brings to be pinned, whichever way it came."""

from __future__ import annotations

import base64
import binascii
import ssl
from pathlib import Path
from typing import Final

from inspector.documents.authority import CODE_PREFIX as PREFIX
from inspector.model.errors import BadInput
from inspector.model.photo import MAX_BYTES
from inspector.photos import qr

_CERTIFICATE: Final = b"-----BEGIN"


def pem(brought: Path | str) -> bytes:
    """The root, as PEM, out of what was brought: a PEM file (with more certificates, it may be), a file with the code's
    text, a picture of the code, or the text itself as a phone's camera read it.
    Raises BadInput `office-file-unreadable`, `qr-none`, `qr-several`, `qr-other` and those of a damaged picture."""
    if isinstance(brought, str):
        return _of_text(brought)
    data = read_file(brought)
    if _CERTIFICATE in data[:2000]:
        return data
    if data.strip().startswith(PREFIX.encode("ascii")):
        return _of_text(data.decode("utf-8", "replace"))
    try:
        return _of_codes(qr.read(data, name=brought.name), brought.name)
    except BadInput as error:
        if error.key != "photo-not-an-image":
            raise
    return data  # whoever reads it says that it is no root


def read_file(path: Path) -> bytes:
    """The bytes of a file of at most 50 MB. Raises BadInput `office-file-unreadable`."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            "office-file-unreadable", path=path.name, reason=error.strerror or str(error)
        ) from error


def _of_codes(said: frozenset[str], name: str) -> bytes:
    """A picture may show other codes, too: the recovery sheet has one at its foot."""
    ours = [one for one in said if one.startswith(PREFIX)]
    if len(ours) > 1:
        raise BadInput("qr-several", name=name)
    return _of_text(ours[0] if ours else "")


def _of_text(said: str) -> bytes:
    """Blanks and line ends do not matter: messages break long lines."""
    tidy = "".join(said.split()).upper()
    if not tidy.startswith(PREFIX):
        raise BadInput("qr-other", prefix=PREFIX)
    letters = tidy.removeprefix(PREFIX)
    try:
        der = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except binascii.Error as error:
        raise BadInput("qr-other", prefix=PREFIX) from error
    return ssl.DER_cert_to_PEM_cert(der).encode("ascii")
