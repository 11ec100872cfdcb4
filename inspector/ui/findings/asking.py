"""Which field asks for what in which deed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inspector.model.deed import TERMS, Ask, Deed
from inspector.model.request import RULINGS
from inspector.text import say, word_of
from inspector.ui.desk import Desk
from inspector.ui.findings.editors import (
    Choose,
    Due,
    Finished,
    Limit,
    Line,
    Lines,
    Pick,
    Receivers,
    Told,
    Ways,
)
from inspector.ui.findings.known import Known
from inspector.ui.findings.things import Changes, Other, Photos, Scan
from inspector.ui.pictures import Pictures

Editor = (
    Line
    | Lines
    | Told
    | Due
    | Finished
    | Limit
    | Ways
    | Receivers
    | Pick
    | Choose
    | Changes
    | Photos
    | Scan
    | Other
)

LABELS: Final[Mapping[tuple[Deed, Ask], str]] = {
    (Deed.ANSWER, Ask.REASON): "ask-measures",
    (Deed.ANSWER, Ask.WAY): "ask-source",
    (Deed.TELL, Ask.REASON): "ask-note",
    (Deed.PASS, Ask.REASON): "ask-note",
    (Deed.ATTACH, Ask.REASON): "ask-note",
}
"""Where an answer is called something of its own."""


def asked(deed: Deed) -> tuple[Ask, ...]:
    """What a form asks for: the person stands apart, and the moment is now but for what was said earlier."""
    hidden = {Ask.BY} if deed is Deed.TELL else {Ask.BY, Ask.AT}
    return tuple(ask for ask in TERMS[deed].asks if ask not in hidden)


def label_of(deed: Deed, ask: Ask) -> str:
    """What a field is called in a deed."""
    key = LABELS.get((deed, ask))
    return say(key) if key else say(f"ask-{ask.value.replace('_', '-')}")


def editor_of(desk: Desk, pictures: Pictures, deed: Deed, ask: Ask, known: Known) -> Editor:
    """The field for one question of a deed on these findings."""
    label, row, today = label_of(deed, ask), known.row, desk.now().date()
    match ask:
        case Ask.TO:
            return Receivers(label, known.groups)
        case Ask.WAY:
            usual = say("findings-sources" if deed is Deed.ANSWER else "findings-ways")
            return Ways(label, usual.split())
        case Ask.AT:
            return Told(label, desk.now())
        case Ask.UNIT:
            units = [(one.id, one.label) for one in known.leads if row is None or one.id != row.lead_unit]
            return Pick("unit", label, units, none=say("findings-unit-none"))
        case Ask.DUE:
            return Due(label, today)
        case Ask.OTHER:
            return Other(label, known.near)
        case Ask.SCAN:
            return Scan(label)
        case Ask.RULING:
            subject = TERMS[deed].subject
            rulings = RULINGS[subject] if subject else ()
            return Choose("ruling", label, [(one, word_of(one)) for one in rulings])
        case Ask.CHANGES if row is not None:
            return Changes(label, row)
        case Ask.PHOTOS:
            return Photos(label, desk, pictures)
        case Ask.FINISHED:
            return Finished.unknown(label, today)
        case Ask.LIMIT:
            return Limit(label, row.time_limit if row else None)
        case Ask.AGREED:
            either = [(False, say("findings-agreed-later")), (True, say("findings-agreed-now"))]
            return Choose("agreed", label, either, first=False)
        case Ask.REASON | Ask.REPLY:
            return Lines(ask.value, label)
        case _:
            return Line(ask.value, label)
