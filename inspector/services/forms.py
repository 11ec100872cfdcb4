"""Forms and categories as a workspace sees them: the shipped ones, and the office's own in its folder `forms/`.

An own form wins over a shipped one with the same id; an own file that cannot be read hides the shipped one as well:
an inspection must not quietly be made with the form that the office has replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from inspector.model.category import CategoryRules, forbidden_in_form, read_categories
from inspector.model.errors import BadInput
from inspector.model.form import Form, form_bytes
from inspector.model.form_changes import Change, changes
from inspector.model.form_rules import Fault
from inspector.model.form_toml import claims, read_form
from inspector.model.words import Category
from inspector.places import shipped
from inspector.services.form_versions import of_version as of_version
from inspector.store import blobs
from inspector.store.workspace import Workspace

CATEGORIES = "texts/categories.toml"


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A form that can be inspected with. `own`: from the workspace's folder; `replaced` is then the shipped form of
    the same id, if there is one: both editions are named wherever forms are listed."""

    form: Form
    file: str
    own: bool = False
    replaced: Form | None = None


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What `form check` says of one file: the form, or its faults; `changed` against the old form of the same id."""

    file: str
    form: Form | None = None
    faults: tuple[Fault, ...] = ()
    changed: tuple[Change, ...] = ()


class _Own(msgspec.Struct, frozen=True, kw_only=True):
    """The workspace's own files: forms by their file's name, and for each unusable file the ids and kinds of site that
    it stands for, with its error."""

    forms: Mapping[str, Form]
    unusable: Sequence[tuple[frozenset[str], BadInput]]

    def stands_for(self, *names: str) -> BadInput | None:
        """The error of an unusable file that stands for one of the ids or kinds `names`."""
        return next((error for claimed, error in self.unusable if claimed.intersection(names)), None)


def every(workspace: Workspace | None) -> list[Edition]:
    """All forms that can be used, in the order of the kinds of site; without a workspace the shipped ones."""
    own = _own(workspace)
    ours = {form.id: form for form in _shipped().values()}
    found = [
        Edition(form=form, file=name, own=True, replaced=ours.get(form.id))
        for name, form in own.forms.items()
    ]
    replaced = {edition.form.id for edition in found}
    found += [
        Edition(form=form, file=name)
        for name, form in _shipped().items()
        if form.id not in replaced and own.stands_for(form.id, form.site_kind) is None
    ]
    return sorted(found, key=lambda edition: (edition.form.order or 10_000, edition.form.id))


def unusable(workspace: Workspace | None) -> list[BadInput]:
    """What is wrong with the workspace's own files that cannot be used: BadInput `form-invalid`, one for each."""
    return [error for _, error in _own(workspace).unusable]


def for_kind(workspace: Workspace | None, kind: str) -> Form:
    """The form for a kind of site; an own one wins.
    Raises BadInput `form-for-kind-missing`, `form-invalid` if the office's own file cannot be read."""
    fitting = sorted(
        (one for one in every(workspace) if one.form.site_kind == kind), key=lambda one: not one.own
    )
    if fitting:
        return fitting[0].form
    ours = [form.id for form in _shipped().values() if form.site_kind == kind]
    raise _own(workspace).stands_for(kind, *ours) or BadInput("form-for-kind-missing", kind=kind)


def of_id(workspace: Workspace | None, id: str) -> Form:
    """The form with this id. Raises BadInput `form-unknown`, `form-invalid` if the office's own file cannot be
    read."""
    found = next((one.form for one in every(workspace) if one.form.id == id), None)
    if found is not None:
        return found
    raise _own(workspace).stands_for(id) or BadInput("form-unknown", form=id)


def keep(workspace: Workspace, form: Form) -> str:
    """Store the form's version as a blob, so that it travels with the inspections that name it; its hash."""
    return blobs.put(workspace, form_bytes(form))


def category(workspace: Workspace | None, which: Category) -> CategoryRules:
    """What a category prints, requires and forbids. The office's own file wins, but the words that the shipped one
    forbids stay forbidden: a 督查 that orders (责令) is void, whatever a file says."""
    ours = _categories(_text(shipped("forms") / CATEGORIES))[which]
    file = workspace.path / "forms" / CATEGORIES if workspace is not None else None
    if file is None or not file.is_file():
        return ours
    own = _categories(_text(file))[which]
    words = dict.fromkeys((*ours.forbidden, *own.forbidden))
    return msgspec.structs.replace(own, forbidden=tuple(words))


def check(paths: Iterable[Path], against: Path | None = None) -> list[Checked]:
    """What is wrong with each of the files, and what changed against the form of the same id in `against`. It needs
    no workspace. Raises BadInput `form-invalid` for `against` itself, `form-against-another` when none of the files
    has its id."""
    old = _read(_text(against), against.name) if against is not None else None
    found = [_checked(path, old) for path in paths]
    forms: dict[str, Form] = {}
    for place, one in enumerate(found):
        if one.form is None:
            continue
        _, fault = _twin(one.form, forms)
        if fault is None:
            forms[one.file] = one.form
        else:
            found[place] = Checked(file=one.file, faults=(fault,))
    ids = [form.id for form in forms.values()]
    if old is not None and ids and old.id not in ids:
        raise BadInput("form-against-another", form=old.id, found=", ".join(ids))
    return found


def _checked(path: Path, old: Form | None) -> Checked:
    try:
        form = _read(_text(path), path.name)
    except BadInput as error:
        return Checked(file=path.name, faults=faults(error))
    return Checked(file=path.name, form=form, changed=changes(old, form) if old and old.id == form.id else ())


def faults(error: BadInput) -> tuple[Fault, ...]:
    """What is wrong in a file, of its error `form-invalid`."""
    return msgspec.convert(error.values["errors"], tuple[Fault, ...])


def _own(workspace: Workspace | None) -> _Own:
    files = sorted((workspace.path / "forms").glob("*.toml")) if workspace is not None else []
    forms: dict[str, Form] = {}
    unusable: list[tuple[frozenset[str], BadInput]] = []
    for file in files:
        text = ""
        try:
            text = _text(file)
            form = _read(text, file.name)
        except BadInput as error:
            unusable.append((claims(text) | {file.stem}, error))
            continue
        twin, fault = _twin(form, forms)
        if fault is None:
            forms[file.name] = form
        else:  # which of the two counts is for the office to say
            stands_for = frozenset({form.id, form.site_kind, forms[twin].id, forms.pop(twin).site_kind})
            twice = BadInput("form-invalid", file=file.name, count=1, errors=(fault,))
            unusable.append((stands_for, twice))
    return _Own(forms=forms, unusable=unusable)


def _twin(form: Form, others: Mapping[str, Form]) -> tuple[str, Fault | None]:
    """The file of another form with the same id or kind of site, and what is wrong with that."""
    for name, other in others.items():
        if other.id == form.id:
            return name, Fault(key="form-id-twice", field="id", got=form.id, want=name)
        if other.site_kind == form.site_kind:
            return name, Fault(key="form-kind-twice", field="site_kind", got=form.site_kind, want=name)
    return "", None


@cache
def _shipped() -> Mapping[str, Form]:
    """The forms that come with the program, by the name of their file."""
    return {file.name: _read(_text(file), file.name) for file in sorted(shipped("forms").glob("*.toml"))}


def _text(file: Path) -> str:
    """Raises BadInput `form-invalid` for what is no UTF-8 text: a file of a Chinese Windows is often GBK."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        fault = Fault(key="form-not-utf8")
        raise BadInput("form-invalid", file=file.name, count=1, errors=(fault,)) from error
    except OSError as error:
        fault = Fault(key="form-file-unreadable", got=error.strerror or "")
        raise BadInput("form-invalid", file=file.name, count=1, errors=(fault,)) from error


@lru_cache(maxsize=64)
def _read(text: str, name: str) -> Form:
    """The form of a file that nobody changed since is not read again (25 ms each, measured)."""
    form = read_form(text, where=name)
    wrong = forbidden_in_form(form, _categories(_text(shipped("forms") / CATEGORIES)).values())
    if wrong:
        raise BadInput("form-invalid", file=name, count=len(wrong), errors=wrong)
    return form


@lru_cache(maxsize=8)
def _categories(text: str) -> Mapping[Category, CategoryRules]:
    return read_categories(text, where=CATEGORIES)
