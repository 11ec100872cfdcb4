"""A form that travelled: the blob that a signed inspection names by its hash."""

from __future__ import annotations

import msgspec

from inspector.model import canonical
from inspector.model.errors import BadInput
from inspector.model.form import Form
from inspector.model.form_rules import faults


def form_from_bytes(data: bytes) -> Form:
    """The form of a blob. Raises Damaged `not-canonical`, and BadInput `form-bytes-unknown` for a form that this
    version does not understand in full: it could score it wrongly."""
    plain = canonical.decode(data)
    try:
        form = msgspec.convert(plain, Form)
    except msgspec.ValidationError as error:
        raise BadInput("form-bytes-unknown", reason=str(error)) from error
    if canonical.spelled_again(form) != data:
        raise BadInput("form-bytes-unknown", reason="other bytes for the same form")
    wrong = faults(form)
    if wrong:
        raise BadInput("form-bytes-unknown", reason=f"{wrong[0].key} {wrong[0].item} {wrong[0].field}")
    return form
