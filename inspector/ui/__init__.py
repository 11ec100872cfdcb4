"""The window. What home asks is imported before Qt: PySide6 reads the source of each module that is imported after it
(0.25 ms each, measured with 6.9.3), and home needs a hundred."""

from inspector.services import alone, chosen, recent, today, workspaces

__all__ = ["alone", "chosen", "recent", "today", "workspaces"]
