"""Texts of documents as a workspace sees them: the shipped ones, and the office's own in its folder forms/texts/."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from inspector.documents import text_sample
from inspector.model.document_text import DocumentText, Template, read_text
from inspector.model.errors import BadInput, Environment, Refused
from inspector.model.form_rules import Fault
from inspector.model.words import Category
from inspector.places import shipped
from inspector.services import forms
from inspector.store.workspace import Workspace


def of(workspace: Workspace | None, template: Template) -> DocumentText:
    """The texts of a document; the office's own file wins, and hides the shipped one also where it cannot be read.
    Raises BadInput `form-invalid`."""
    own = _own(workspace, template) if workspace is not None else None
    file = own if own is not None and own.is_file() else shipped("forms") / "texts" / f"{template.value}.toml"
    return _read(_text(file), template, f"texts/{file.name}", forbidden(workspace))


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of one document as they stand: the office's `own` or the shipped ones, in `file`; `faults` say why they
    cannot be used, and then there are no `texts`."""

    template: Template
    own: bool
    file: Path
    texts: DocumentText | None
    faults: tuple[Fault, ...] = ()


def every(workspace: Workspace) -> tuple[Wording, ...]:
    """The texts of all documents, in the order of `Template`."""
    return tuple(_wording(workspace, template) for template in Template)


def _wording(workspace: Workspace, template: Template) -> Wording:
    own = _own(workspace, template)
    file = own if own.is_file() else shipped("forms") / "texts" / own.name
    try:
        texts = of(workspace, template)
    except BadInput as error:
        errors = error.values["errors"]
        assert isinstance(errors, tuple)
        return Wording(template=template, own=own == file, file=file, texts=None, faults=errors)
    return Wording(template=template, own=own == file, file=file, texts=texts)


def take_over(workspace: Workspace, template: Template) -> Path:
    """The office's own file for a document, to be edited: a copy of the shipped one where there is none yet. Raises
    Environment `export-failed`."""
    own = _own(workspace, template)
    if own.is_file():
        return own
    try:
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_bytes((shipped("forms") / "texts" / own.name).read_bytes())
    except OSError as error:
        raise Environment(
            "export-failed", folder=str(own.parent), reason=error.strerror or str(error)
        ) from error
    return own


def filled(texts: DocumentText) -> tuple[tuple[str, str], ...]:
    """Each text by its field, its places filled from a sample."""
    return text_sample.filled(texts)


def sample_page(texts: DocumentText) -> bytes:
    """The same as a page (PDF)."""
    return text_sample.sample_page(texts)


def check(path: Path) -> DocumentText:
    """The texts of a file that an office has edited, by the name that it has. Raises BadInput `form-invalid`,
    `text-file-unknown`: no document has texts of this name."""
    if path.stem not in set(Template):
        raise BadInput("text-file-unknown", file=path.name, known=" ".join(f"{one}.toml" for one in Template))
    return _read(_text(path), Template(path.stem), path.name, forbidden(None))


def forbidden(workspace: Workspace | None) -> tuple[str, ...]:
    """The words that no document may say, whatever its category: a notice follows visits of several of them."""
    words = (word for one in Category for word in forms.category(workspace, one).forbidden)
    return tuple(dict.fromkeys(words))


def require_lawful(workspace: Workspace | None, texts: tuple[str, ...], *, number: str) -> None:
    """What is printed as the office's own words asks and never orders. Raises Refused `doc-word-forbidden`."""
    for text in texts:
        solid = "".join(text.split())
        for word in forbidden(workspace):
            if word in solid:
                raise Refused("doc-word-forbidden", number=number, word=word, text=text[:40])


def _own(workspace: Workspace, template: Template) -> Path:
    return workspace.path / "forms" / "texts" / f"{template.value}.toml"


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        fault = Fault(key="form-not-utf8")
        raise BadInput("form-invalid", file=file.name, count=1, errors=(fault,)) from error
    except OSError as error:
        fault = Fault(key="form-file-unreadable", got=error.strerror or "")
        raise BadInput("form-invalid", file=file.name, count=1, errors=(fault,)) from error


@lru_cache(maxsize=32)
def _read(text: str, template: Template, where: str, words: tuple[str, ...]) -> DocumentText:
    return read_text(text, template, where=where, forbidden=words)
