"""The texts of documents (文书用语), as forms/texts/<document>.toml writes them and an office edits them.

A text is a template with named places such as {count}. Which documents there are, which texts each has and which
places each text may use is fixed here; everything else about the wording is the office's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import msgspec

from inspector.model.errors import BadInput
from inspector.model.form_rules import Fault, nearest
from inspector.model.toml_walk import Table, Unreadable, parse


class Template(StrEnum):
    """What has texts of its own. The value is the name of its file."""

    HANDOVER = "handover"
    NOTICE = "notice"
    SERVICE = "service"
    PRESS = "press"
    REINSPECTION = "reinspection"
    BULLETIN = "bulletin"
    ANNOUNCEMENT = "announcement"
    """送达告知: the text that is pasted into a group."""
    REPLY = "reply"
    """整改情况报告: the form that the unit fills in."""
    GUIDE = "guide"
    """收件人说明: what the signature is, and how to check it."""


_CONTACT = frozenset({"contact", "telephone", "place"})
_NOTHING: frozenset[str] = frozenset()

FIELDS: Final[Mapping[Template, Mapping[str, frozenset[str]]]] = {
    Template.HANDOVER: {
        "heading": _NOTHING,
        "opening": frozenset({"team", "day", "sites", "count"}),
        "asking": _CONTACT,
    },
    Template.NOTICE: {
        "heading": _NOTHING,
        "opening": frozenset({"team", "period", "sites", "count"}),
        "asking": _CONTACT,
        "feedback": _CONTACT,
        "review": _CONTACT,
    },
    Template.SERVICE: {"heading": _NOTHING, "note": _NOTHING},
    Template.PRESS: {
        "heading": _NOTHING,
        "opening": frozenset({"day", "count"}),
        "asking": _CONTACT,
        "feedback": _CONTACT,
    },
    Template.REINSPECTION: {
        "heading": _NOTHING,
        "opening": frozenset({"team", "day", "count", "passed", "failed"}),
        "asking": _CONTACT,
        "review": _CONTACT,
    },
    Template.BULLETIN: {
        "heading": _NOTHING,
        "to": _NOTHING,
        "opening": frozenset({"period", "found", "due", "in_time", "rate", "overdue", "reopened"}),
        "praise": frozenset({"units"}),
        "criticism": frozenset({"units"}),
        "asking": _CONTACT,
    },
    Template.ANNOUNCEMENT: {
        "heading": _NOTHING,
        "opening": frozenset({"unit", "papers", "at", "way"}),
        "asking": _CONTACT,
    },
    Template.REPLY: {
        "heading": frozenset({"number"}),
        "opening": frozenset({"number", "title", "count"}),
        "closing": _NOTHING,
    },
    Template.GUIDE: {"heading": _NOTHING},
}
"""The texts of each document, and the places that each of them may use."""

WITH_PARAGRAPHS = frozenset({Template.GUIDE})
"""These are a list of paragraphs."""

_PLACE = re.compile(r"\{([^{}]*)\}")


class DocumentText(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of one kind of document, checked: every place in them is one that will be filled."""

    template: Template
    texts: Mapping[str, str]
    paragraphs: tuple[str, ...] = ()

    def filled(self, field: str, **values: object) -> str:
        """The text `field` with its places filled; surplus values are ignored. A clause whose place is empty is left
        out: no document says 地址：。"""
        said = self.texts[field]
        for name in (name for name, value in values.items() if value == ""):
            said = re.sub(rf"，[^，。；{{}}]*\{{{re.escape(name)}\}}(?=[，。；])", "", said)
        return said.format_map(values)

    @property
    def heading(self) -> str:
        """The title, as it is written where it has no place."""
        return self.texts["heading"]


def read_text(text: str, template: Template, *, where: str, forbidden: Iterable[str] = ()) -> DocumentText:
    """The texts in a TOML file. Raises BadInput `form-invalid` with everything that is wrong with it: keys that are
    unknown or missing, places that nothing fills, words that no document may say."""
    try:
        root = Table(parse(text), label=template.value)
    except Unreadable as error:
        raise BadInput("form-invalid", file=where, count=1, errors=(error.fault,)) from error
    texts = {field: root.text(field) for field in FIELDS[template]}
    paragraphs = root.texts("paragraphs") if template in WITH_PARAGRAPHS else ()
    root.close()
    banned = tuple(forbidden)
    for field, said in (*texts.items(), *(("paragraphs", paragraph) for paragraph in paragraphs)):
        for fault in faults(said, field, FIELDS[template].get(field, _NOTHING), banned):
            root.refuse(fault, None)
    if root.faults:
        raise BadInput("form-invalid", file=where, count=len(root.faults), errors=tuple(root.faults))
    return DocumentText(template=template, texts=MappingProxyType(texts), paragraphs=paragraphs)


def faults(said: str, field: str, places: Iterable[str], forbidden: Iterable[str]) -> list[Fault]:
    """What is wrong with one text of a template."""
    known = sorted(places)
    found = [
        Fault(
            key="text-place-unknown",
            field=field,
            got=place,
            near=nearest(place, known),
            want=" ".join(f"{{{one}}}" for one in known),
        )
        for place in _PLACE.findall(said)
        if place not in known
    ]
    if any(sign in _PLACE.sub("", said) for sign in "{}"):
        found.append(Fault(key="text-brace-alone", field=field))
    solid = "".join(said.split())
    found += [
        Fault(key="form-word-forbidden", field=field, got=word)
        for word in dict.fromkeys(forbidden)
        if word in solid
    ]
    return found
