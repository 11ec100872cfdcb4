"""Which keys work where, as F1 shows them: caps and the catalogue's key of what they do. A test compares them with the
shortcuts that each page has."""

from __future__ import annotations

from typing import Final

Rows = tuple[tuple[str, str], ...]

ANYWHERE: Final[Rows] = (
    ("Ctrl K", "help-find"),
    ("Ctrl N", "help-start"),
    ("F1", "help-help"),
    ("F9", "help-sunlight"),
    ("Esc", "help-back"),
    ("Ctrl H", "help-passphrase"),
)
INSPECTING: Final[Rows] = (
    ("1  2  3  4", "help-answer"),
    ("Alt 1–4", "help-answer-field"),
    ("Enter", "help-next"),
    ("/", "help-item"),
    ("J", "help-jot"),
    ("N", "help-note"),
    ("U", "help-open"),
    ("R  T", "help-left-over"),
    ("↑ ↓", "help-items"),
    ("PgUp  PgDn", "help-sections"),
    ("Ctrl Z  Ctrl Y", "help-undo"),
    ("Ctrl I  Ctrl V", "help-photos"),
)
FINDING: Final[Rows] = (
    ("Tab", "help-stop"),
    ("Ctrl D", "help-more"),
    ("Ctrl Enter", "help-done"),
    ("Esc", "help-fold"),
)

_LIST: Final[Rows] = (("↑ ↓", "help-rows"), ("Enter", "help-row"))
_PAPER: Final[Rows] = (
    ("PgUp  PgDn", "help-pages"),
    ("+  −", "help-zoom"),
    ("Ctrl P", "help-print"),
)
_NEXT: Final[Rows] = (("Tab", "help-tab"), ("Ctrl Enter", "help-do"))
_SIGN: Final[Rows] = (*_NEXT, ("PgUp  PgDn", "help-pages"), ("Ctrl P", "help-print"))
_TYPE: Final[Rows] = (("A–Z", "help-type"), *_LIST)

PAGES: Final[dict[str, Rows]] = {
    "today": (
        ("Tab", "help-tab"),
        *_LIST,
        ("Ctrl ↑  Ctrl ↓", "help-plan-order"),
        ("Delete", "help-plan-out"),
    ),
    "sites": (*_TYPE, ("Ctrl Enter", "help-plan"), ("Ctrl I", "help-import-sites")),
    "site-new": _NEXT,
    "site-change": _NEXT,
    "begin": _NEXT,
    "inspect": (*INSPECTING, *FINDING),
    "photos": (
        ("← → ↑ ↓", "help-photo-step"),
        ("Shift ←  Shift →", "help-photo-more"),
        ("Space", "help-photo-toggle"),
        ("Ctrl A", "help-photo-all"),
        ("0–9  A–Z", "help-photo-number"),
        ("Enter", "help-photo-large"),
        ("F11", "help-photo-large"),
        ("Ctrl R", "help-photo-turn"),
        ("+  −", "help-zoom"),
        ("Delete", "help-photo-mark"),
        ("Ctrl Z", "help-undo-last"),
        ("Ctrl I  Ctrl V", "help-photos"),
    ),
    "sign": (*_SIGN, ("F8", "help-show")),
    "counterpart-show": (("↑ ↓", "help-scroll"), ("Enter", "help-seen")),
    "evening": (("Tab", "help-tab"), ("Ctrl Enter", "help-sign-all")),
    "inspections": (*_TYPE, ("Delete", "help-discard")),
    "documents": (*_TYPE, *_PAPER, ("F11", "help-photo-large")),
    "notices": (*_TYPE, *_PAPER, ("Ctrl Enter", "help-do")),
    "drafting": _NEXT,
    "deciding": (("Space", "help-choose"), *_NEXT),
    "pressing": (("Space", "help-choose"), *_NEXT),
    "numbers": _LIST,
    "wordings": _LIST,
    "serving": _NEXT,
    "findings": (
        *_TYPE,
        ("Ctrl Enter", "help-do"),
        ("Ctrl M", "findings-more"),
        ("Shift ↑ ↓  Ctrl A", "findings-several"),
        ("Ctrl E", "findings-write"),
    ),
    "reinspect": (*_LIST, ("Space", "help-choose"), ("Ctrl Enter", "help-do")),
    "round": (
        ("1  2  3", "help-seen-answer"),
        ("Alt 1–3", "help-answer-field"),
        ("↑ ↓", "help-rows"),
        ("Ctrl I  Ctrl V", "help-photos"),
        ("Ctrl Z", "help-undo-last"),
        ("Ctrl Enter", "help-do"),
    ),
    "slips": _SIGN,
    "register": (
        *_LIST,
        ("Space", "help-choose"),
        ("Ctrl I", "register-choose"),
        ("Ctrl Enter", "help-do"),
    ),
    "handover": _SIGN,
    "day": _LIST,
    "office": _LIST,
    "bulletin": (("Space", "help-choose"), *_NEXT, ("PgUp  PgDn", "help-pages")),
    "forms": _LIST,
    "audit": (("Enter", "help-row"),),
    "sync": (("Space", "help-choose"), *_NEXT),
    "people": _LIST,
}
"""Screen → its own keys; what works everywhere is not said again."""
