"""A checklist that somebody has edited: looked at, compared with the one in use, and used from now on."""

from __future__ import annotations

from pathlib import Path

import msgspec

from inspector.model.errors import BadInput
from inspector.model.form import Form
from inspector.model.form_changes import Change, changes
from inspector.services import forms
from inspector.services.editions import Published
from inspector.services.forms import Checked, Edition
from inspector.store import entities
from inspector.store.faults import told
from inspector.store.workspace import Workspace


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds: the form or its faults; `used` is the edition of the same id that counts now, `changed` what
    differs from it."""

    checked: Checked
    used: Edition | None = None
    changed: tuple[Change, ...] = ()


def look(workspace: Workspace, file: Path) -> Looked:
    """A file as it would be used. Nothing is written."""
    (checked,) = forms.check([file])
    if checked.form is None:
        return Looked(checked=checked)
    used = next((one for one in forms.every(workspace) if one.form.id == checked.form.id), None)
    return Looked(checked=checked, used=used, changed=changes(used.form, checked.form) if used else ())


def use(workspace: Workspace, file: Path) -> Form:
    """Use the form of a file here from now on: it is written to the workspace's forms/. Drafts that are open keep
    theirs. Raises BadInput `form-invalid`, Environment of the disk."""
    looked = look(workspace, file)
    form = looked.checked.form
    if form is None:
        faults = looked.checked.faults
        raise BadInput("form-invalid", file=file.name, count=len(faults), errors=faults)
    name = looked.used.file if looked.used and looked.used.own else f"{form.id}.toml"
    target = workspace.path / "forms" / name
    with told(target):
        data = file.read_bytes()
        target.parent.mkdir(exist_ok=True)
        part = target.with_suffix(".toml.part")
        part.write_bytes(data)
        part.replace(target)
    return form


def published(workspace: Workspace) -> dict[str, Published]:
    """The edition of each form (by id) that was published last, whoever did."""
    with workspace.reading() as db:
        return {one.id.partition(":")[2]: one for one in entities.of_kind(db, "form", Published)}
