"""The counterpart's act (被检查方): bound to exactly what he was shown."""

from __future__ import annotations

from datetime import datetime

import msgspec

from inspector.model.inspection import Counterpart
from inspector.services import drafts
from inspector.services.drafts import stamp
from inspector.services.preparing import prepare
from inspector.store.workspace import Workspace


def record(workspace: Workspace, draft: str, act: Counterpart, *, now: datetime) -> Counterpart:
    """Save what the counterpart did (sign, object, refuse, paper, not needed), with the hash of what he was shown and
    the time. A later change of anything that he was shown voids it."""
    shown = prepare(workspace, draft, now=now).content.shown()
    done = msgspec.structs.replace(act, shown=shown, at=stamp(now))
    drafts.change(workspace, draft, f"act-counterpart {act.choice.value}", {"counterpart": done}, now=now)
    return done


def forget(workspace: Workspace, draft: str, *, now: datetime) -> None:
    """Take the counterpart's act back."""
    drafts.change(workspace, draft, "act-counterpart", {"counterpart": None}, now=now)
