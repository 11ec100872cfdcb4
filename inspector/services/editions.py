"""Editions of forms that travel: published by the office, offered on the other laptops, and taken there by a person.
An open draft keeps the form that it began with."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from inspector.ledger.record import Record
from inspector.model import form_changes
from inspector.model.errors import BadInput, Damaged
from inspector.model.form import Form
from inspector.model.form_changes import Change
from inspector.model.form_toml import read_form
from inspector.places import shipped
from inspector.services import forms
from inspector.services.drafts import stamp
from inspector.store import blobs, entities, local, records
from inspector.store.faults import told
from inspector.store.workspace import Workspace

_FILE = re.compile(r"[A-Za-z0-9_-]{1,40}\.toml", re.ASCII)


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """An edition as its record has it: `source` is the blob of the TOML file, `file` its name."""

    id: str
    edition: int
    version: str
    file: str
    source: str


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that came, and the one that is used here (0: none); `name` is what the form is called here, else
    empty."""

    form: str
    name: str
    edition: int
    version: str
    here: int


def publish(workspace: Workspace, form: str, *, now: datetime, person: str | None = None) -> Published:
    """Publish the form `form` (an id) as it is used here. Raises BadInput `form-unknown`, `form-invalid`."""
    used = next((one for one in forms.every(workspace) if one.form.id == form), None)
    if used is None:
        raise BadInput("form-unknown", form=form)
    file = (workspace.path / "forms" if used.own else shipped("forms")) / used.file
    with told(file):
        text = file.read_bytes()
    version, source = forms.keep(workspace, used.form), blobs.put(workspace, text)
    entity = f"form:{form}"
    said = {"edition": used.form.edition, "version": version, "file": used.file, "source": source}
    named = ((version, blobs.size(workspace, version)), (source, len(text)))
    with workspace.transaction() as db:
        record = Record("form", entity, records.heads(db, entity), {"set": said}, named)
        records.append(db, workspace, (record,), person=person, wall=stamp(now))
    return Published(id=entity, edition=used.form.edition, version=version, file=used.file, source=source)


def offered(workspace: Workspace) -> list[Offered]:
    """The editions that were published, have come with their file, are not older than the one in use here, and were
    not declined."""
    used = {one.form.id: one.form for one in forms.every(workspace)}
    with workspace.reading() as db:
        declined = {
            one.id: local.get(db, _declined(one.id)) for one in entities.of_kind(db, "form", Published)
        }
    found = []
    for one in _published(workspace):
        form = one.id.partition(":")[2]
        here = used.get(form)
        newer = here is None or (here.version != one.version and here.edition <= one.edition)
        if newer and declined[one.id] != one.version and blobs.has(workspace, one.source):
            found.append(
                Offered(
                    form=form,
                    name=here.name if here else "",
                    edition=one.edition,
                    version=one.version,
                    here=here.edition if here else 0,
                )
            )
    return found


def changes(workspace: Workspace, form: str) -> tuple[Change, ...]:
    """What differs between the edition of `form` (an id) that is used here and the published one; nothing where this
    laptop has no such form. Raises as `adopt`."""
    used = next((one.form for one in forms.every(workspace) if one.form.id == form), None)
    new, _, _ = _read(workspace, form)
    return form_changes.changes(used, new) if used else ()


def decline(workspace: Workspace, form: str) -> None:
    """The published edition of `form` (an id) is not wanted here: it is offered no more; a later one will be. Raises
    BadInput `form-not-published`."""
    one = _one(workspace, form)
    with workspace.transaction() as db:
        local.put(db, _declined(one.id), one.version)


def adopt(workspace: Workspace, form: str) -> Form:
    """Use the published edition of `form` (an id) from now on: it is written to the workspace's forms/. Drafts that are
    open keep theirs. Raises BadInput `form-not-published`, `form-invalid`; Damaged `form-not-as-published`; Environment
    `blob-missing` if its file has not come."""
    made, data, file = _read(workspace, form)
    old = next((used for used in forms.every(workspace) if used.own and used.form.id == form), None)
    target = workspace.path / "forms" / (old.file if old else file)
    with told(target):
        part = target.with_suffix(".toml.part")
        part.write_bytes(data)
        part.replace(target)
    return made


def _one(workspace: Workspace, form: str) -> Published:
    one = next((one for one in _published(workspace) if one.id == f"form:{form}"), None)
    if one is None or not _FILE.fullmatch(one.file):
        raise BadInput("form-not-published", form=form)
    return one


def _read(workspace: Workspace, form: str) -> tuple[Form, bytes, str]:
    """The published form, the bytes of its file, and the file's name."""
    one = _one(workspace, form)
    data = blobs.read(workspace, one.source)
    made = read_form(data.decode("utf-8", "replace"), where=one.file)
    if made.version != one.version or made.id != form:
        raise Damaged("form-not-as-published", form=form)
    return made, data, one.file


def _declined(entity: str) -> str:
    return f"declined/{entity}"


def _published(workspace: Workspace) -> list[Published]:
    with workspace.reading() as db:
        return entities.of_kind(db, "form", Published)
