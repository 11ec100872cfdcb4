"""What every screen works with: the workspace, the lanes, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inspector.ui.work import Lanes

if TYPE_CHECKING:
    from inspector.services.workspaces import Workspace


@dataclass(frozen=True)
class Desk:
    """`now()` is an instant with offset; tests and pictures give it a clock that stands."""

    workspace: Workspace
    lanes: Lanes
    now: Callable[[], datetime]

    @property
    def example(self) -> bool:
        """Whether this is the worked example: 示例 stands on every screen."""
        return self.workspace.ledger == "demo"


def clock() -> datetime:
    """Now, with this computer's offset."""
    return datetime.now().astimezone()
