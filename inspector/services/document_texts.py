"""Texts of documents as a workspace sees them: the shipped ones, and the office's own in its folder forms/texts/."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from inspector.model.document_text import DocumentText, Template, read_text
from inspector.model.errors import BadInput, Refused
from inspector.model.form_rules import Fault
from inspector.model.words import Category
from inspector.places import shipped
from inspector.services import forms
from inspector.store.workspace import Workspace


def of(workspace: Workspace | None, template: Template) -> DocumentText:
    """The texts of a document; the office's own file wins, and hides the shipped one also where it cannot be read.
    Raises BadInput `form-invalid`."""
    name = f"texts/{template.value}.toml"
    own = workspace.path / "forms" / name if workspace is not None else None
    file = own if own is not None and own.is_file() else shipped("forms") / name
    return _read(_text(file), template, f"texts/{file.name}", forbidden(workspace))


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
