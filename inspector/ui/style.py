"""The one style sheet, made from the tokens of a look. Widgets choose a rule by a property, never by a sheet.

Sizes of controls stand here alone: a `min-height` of the sheet beats setFixedHeight (measured), so a second
place would be silently ignored. Properties: `role` size of text, `tone` its colour, `bold`, `kind` of a button
or frame, `bad` for a field that is asked about again.
"""

from __future__ import annotations

from collections.abc import Mapping

from inspector.ui.theme import FAMILY, RADIUS, SCROLL_PX, TYPE, Look


def _text(look: Look, token: Mapping[str, str]) -> str:
    sizes = "\n".join(f'*[role="{role}"] {{ font-size: {look.font_px(role)}px; }}' for role in TYPE)
    tones = "\n".join(
        f'QLabel[tone="{tone}"] {{ color: {token[tone]}; }}'
        for tone in ("text", "muted", "faint", "accent", "ok", "bad", "warn", "on_accent", "on_toast")
    )
    return f"""
QWidget {{ font-family: "{FAMILY}"; font-size: {look.font_px("body")}px; color: {token["text"]}; }}
QLabel {{ background: transparent; border: none; }}
{sizes}
{tones}
*[bold="true"] {{ font-weight: 700; }}
*[bold="false"] {{ font-weight: 400; }}
QToolTip {{ background: {token["toast"]}; color: {token["on_toast"]}; border: 1px solid {token["toast"]};
  padding: 6px 8px; font-size: {look.font_px("second")}px; }}
QLabel[kind="key"] {{ background: {token["bg"]}; color: {token["muted"]}; border-radius: {RADIUS["key"]}px;
  border: {1 if not look.sunlight else 2}px solid {token["line"]}; padding: 0 5px; min-height: 18px; }}
QLabel[badge="true"] {{ border-radius: {RADIUS["badge"]}px; padding: 2px 7px; font-weight: 700; }}
"""


def _badges(look: Look, token: Mapping[str, str]) -> str:
    rules = []
    for tone in ("accent", "ok", "bad", "warn"):
        border = f"{look.border}px solid {token[tone]}" if look.sunlight else "none"
        rules.append(
            f'QLabel[badge="true"][tone="{tone}"] {{ background: {token[tone + "_soft"]};'
            f" color: {token[tone]}; border: {border}; }}"
        )
    border = f"{look.border}px solid {token['text']}" if look.sunlight else "none"
    rules.append(
        f'QLabel[badge="true"][tone="muted"] {{ background: {token["neutral_soft"]};'
        f" color: {token['muted']}; border: {border}; font-weight: 400; }}"
    )
    return "\n".join(rules)


def _frames(look: Look, token: Mapping[str, str]) -> str:
    line = f"{look.border}px solid {token['line']}"
    soft = "\n".join(
        f'QFrame[kind="{tone}"] {{ background: {token[tone + "_soft"]};'
        f" border: {look.border}px solid {token[tone + '_line']}; border-radius: {RADIUS['card']}px; }}"
        for tone in ("accent", "ok", "bad", "warn")
    )
    return f"""
QMainWindow, QDialog {{ background: {token["bg"]}; }}
QFrame[kind="page"] {{ background: {token["bg"]}; border: none; }}
QFrame[kind="work"] {{ background: {token["surface"]}; border: none; }}
QFrame[kind="side"] {{ background: {token["side"]}; border: none; border-right: {line}; }}
QFrame[kind="detail"] {{ background: {token["bg"]}; border: none; border-left: {line}; }}
QFrame[kind="sections"] {{ background: {token["bg"]}; border: none; border-right: {line}; }}
QFrame[kind="top"] {{ background: {token["surface"]}; border: none; border-bottom: {line}; }}
QFrame[kind="bottom"] {{ background: {token["surface"]}; border: none; border-top: {line}; }}
QFrame[kind="card"] {{ background: {token["surface"]}; border: {line}; border-radius: {RADIUS["card"]}px; }}
QFrame[kind="current"] {{ background: {token["surface"]}; border: {look.focus}px solid {token["accent"]};
  border-radius: {RADIUS["card"]}px; }}
QFrame[kind="failed"] {{ background: {token["surface"]}; border: {look.focus}px solid {token["bad"]};
  border-radius: {RADIUS["card"]}px; }}
QFrame[kind="itemrow"] {{ background: transparent; border: none; border-bottom: {line}; }}
QFrame[kind="itemrow"]:hover {{ background: {token["hover"]}; }}
QFrame[flash="true"] {{ background: {token["accent_soft"]}; }}
QFrame[kind="toast"] {{ background: {token["toast"]}; border: none; border-radius: {RADIUS["control"]}px;
  min-height: {look.control}px; }}
QFrame[kind="overlay"] {{ background: {token["surface"]}; border: {line}; border-radius: {RADIUS["card"]}px; }}
QFrame[kind="line"] {{ background: {token["line"]}; border: none; max-height: {look.border}px;
  min-height: {look.border}px; }}
QFrame[kind="segments"] {{ background: {token["neutral_soft"]}; border: {line};
  border-radius: {RADIUS["control"]}px; }}
{soft}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget[kind="scrolled"] {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: {SCROLL_PX}px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: {SCROLL_PX}px; margin: 2px; }}
QScrollBar::handle {{ background: {token["chart"]}; border-radius: 3px; min-height: 32px; min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QListView, QTableView, QTreeView {{ background: {token["surface"]}; border: none; outline: 0; }}
QAbstractItemView:focus {{ border: {look.focus}px solid {token["accent"]}; border-radius: {RADIUS["control"]}px; }}
QListView[kind="rows"]:focus {{ border: none; }}
QHeaderView::section {{ background: {token["surface"]}; color: {token["muted"]}; border: none;
  border-bottom: {line}; padding: 6px 8px; font-size: {look.font_px("second")}px; }}
QMenu {{ background: {token["surface"]}; border: {look.border}px solid {token["line2"]};
  border-radius: {RADIUS["control"]}px; padding: 4px; }}
QMenu::item {{ padding: 10px 16px; min-height: {look.control - 24}px; border-radius: 6px; }}
QMenu::item:selected {{ background: {token["selected"]}; color: {token["on_selected"]}; }}
"""


def _buttons(look: Look, token: Mapping[str, str]) -> str:
    border, focus = look.border, look.focus
    body, height = look.font_px("body"), look.control

    def sized(tall: int, edge: int, side: int) -> str:
        inner = tall - 2 * edge
        return f"min-height: {inner}px; max-height: {inner}px; padding: 0 {side}px; border-width: {edge}px;"

    ghost = f"border: {border}px solid {token['line2'] if look.sunlight else 'transparent'};"
    row = token["line2"] if look.sunlight else token["line"]
    flush = (  # in sunlight ghosts have borders, which stand at the edge themselves
        ""
        if look.sunlight
        else 'QPushButton[flush="true"], QPushButton[flush="true"]:focus { padding: 0 2px; }'
    )
    return f"""
QPushButton {{ background: {token["surface"]}; color: {token["text"]}; border: {border}px solid {token["line2"]};
  border-radius: {RADIUS["control"]}px; {sized(height, border, 14)} font-size: {body}px; }}
QPushButton:hover {{ background: {token["hover"]}; }}
QPushButton:pressed {{ background: {token["neutral_soft"]}; }}
QPushButton:focus {{ border: {focus}px solid {token["accent"]}; {sized(height, focus, 14 - focus + border)} }}
QPushButton:disabled {{ color: {token["faint"]}; border-color: {token["line"]};
  background: {token["neutral_soft"]}; }}
QPushButton[kind="primary"], QPushButton[kind="primarybig"] {{ background: {token["accent"]};
  color: {token["on_accent"]}; border: {border}px solid {token["accent"]}; font-weight: 700; }}
QPushButton[kind="primary"] {{ {sized(height, border, 18)} }}
QPushButton[kind="primarybig"] {{ {sized(max(56, height), border, 24)} font-size: {look.font_px("title")}px; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primarybig"]:hover {{ background: {token["accent_hover"]}; }}
QPushButton[kind="primary"]:focus {{ border: {focus}px solid {token["text"]}; {sized(height, focus, 17)} }}
QPushButton[kind="primarybig"]:focus {{ border: {focus}px solid {token["text"]};
  {sized(max(56, height), focus, 23)} }}
QPushButton[kind="primary"]:disabled, QPushButton[kind="primarybig"]:disabled {{
  background: {token["neutral_soft"]}; color: {token["faint"]}; border-color: {token["line"]}; }}
QPushButton[kind="ghost"], QPushButton[kind="icon"] {{ background: transparent; {ghost} }}
QPushButton[kind="icon"] {{ {sized(height, border, 0)} min-width: {height - 2 * border}px;
  max-width: {height - 2 * border}px; }}
QPushButton[kind="ghost"]:hover, QPushButton[kind="icon"]:hover {{ background: {token["hover"]}; }}
QPushButton[kind="ghost"]:focus {{ border: {focus}px solid {token["accent"]}; {sized(height, focus, 13)} }}
QPushButton[kind="icon"]:focus {{ border: {focus}px solid {token["accent"]}; {sized(height, focus, 0)}
  min-width: {height - 2 * focus}px; max-width: {height - 2 * focus}px; }}
QPushButton[kind="link"] {{ background: transparent; border: {border}px solid transparent;
  color: {token["accent"]}; {sized(height, border, 6)} }}
QPushButton[kind="link"]:focus {{ border: {focus}px solid {token["accent"]}; {sized(height, focus, 5)} }}
{flush}
QPushButton[kind="row"] {{ color: {token["muted"] if not look.sunlight else token["text"]};
  border: {border}px solid {row}; {sized(max(36, height - 10), border, 18)} }}
QPushButton[kind="row"]:focus {{ border: {focus}px solid {token["accent"]};
  {sized(max(36, height - 10), focus, 17)} }}
QPushButton[kind="toast"] {{ background: transparent; border: {border}px solid transparent;
  color: {token["toast_accent"]}; font-weight: 700; {sized(height, border, 8)} }}
QPushButton[kind="toast"]:focus {{ border: {focus}px solid {token["on_toast"]}; {sized(height, focus, 7)} }}
QPushButton[kind="segment"] {{ background: transparent; border: {border}px solid transparent;
  color: {token["muted"]}; {sized(height - 6, border, 12)} border-radius: 6px; }}
QPushButton[kind="segment"]:checked {{ background: {token["here"]}; color: {token["accent"]};
  border: {border}px solid {token["line2"]}; font-weight: 700; }}
QPushButton[kind="segment"][tone="bad"]:checked {{ color: {token["bad"]}; border-color: {token["bad"]}; }}
QPushButton[kind="segment"]:focus {{ border: {focus}px solid {token["accent"]};
  {sized(height - 6, focus, 11)} }}
""" + (
        f'QPushButton[kind="segment"]:checked {{ color: {token["on_here"]}; }}'
        f'QPushButton[kind="segment"][tone="bad"]:checked {{ color: {token["on_here"]}; }}'
        if look.sunlight
        else ""
    )


def _fields(look: Look, token: Mapping[str, str]) -> str:
    border, focus = look.border, look.focus
    height = look.control
    inner, inner_focus = height - 2 * border, height - 2 * focus
    return f"""
QLineEdit, QComboBox, QAbstractSpinBox {{ background: {token["surface"]}; color: {token["text"]};
  border: {border}px solid {token["line2"]}; border-radius: {RADIUS["control"]}px; padding: 0 10px;
  min-height: {inner}px; max-height: {inner}px; selection-background-color: {token["accent"]};
  selection-color: {token["on_accent"]}; font-size: {look.font_px("body")}px; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border: {focus}px solid {token["accent"]};
  padding: 0 {10 - focus + border}px; min-height: {inner_focus}px; max-height: {inner_focus}px; }}
QComboBox {{ padding-left: 12px; }}
QComboBox:focus {{ padding-left: {12 - focus + border}px; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {{
  background: {token["neutral_soft"]}; color: {token["faint"]}; }}
QLineEdit[bad="true"], QComboBox[bad="true"], QPlainTextEdit[bad="true"] {{
  border: {focus}px solid {token["bad"]}; }}
QLineEdit[kind="bare"] {{ border: none; background: transparent; padding: 0; }}
QPlainTextEdit, QTextEdit {{ background: {token["surface"]}; color: {token["text"]};
  border: {border}px solid {token["line2"]}; border-radius: {RADIUS["control"]}px; padding: 8px;
  selection-background-color: {token["accent"]}; selection-color: {token["on_accent"]};
  font-size: {look.font_px("item")}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: {focus}px solid {token["accent"]};
  padding: {8 - focus + border}px; }}
QComboBox::drop-down {{ border: none; width: 32px; }}
QComboBox QAbstractItemView {{ background: {token["surface"]}; border: {border}px solid {token["line2"]};
  selection-background-color: {token["selected"]}; selection-color: {token["on_selected"]}; padding: 4px; }}
QComboBox QAbstractItemView::item {{ min-height: {height - 8}px; padding: 0 10px; }}
QCheckBox, QRadioButton {{ spacing: 10px; min-height: {height}px; background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 18px; height: 18px; background: {token["surface"]};
  border: {max(1, border)}px solid {token["line2"]}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: {9 + border}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {token["accent"]}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: {focus}px solid {token["accent"]}; }}
QProgressBar {{ background: {token["track"]}; border: none; border-radius: 4px; min-height: 8px;
  max-height: 8px; }}
QProgressBar::chunk {{ background: {token["accent"]}; border-radius: 4px; }}
"""


def style_sheet(look: Look, token: Mapping[str, str]) -> str:
    """The style sheet of the whole program for `look`, with the colours of `token`."""
    parts = (_text, _badges, _frames, _buttons, _fields)
    return "\n".join(part(look, token) for part in parts)
