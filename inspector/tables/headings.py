"""The columns of the office's lists: what the program calls them, and how a heading may be written."""

from __future__ import annotations

import unicodedata

import msgspec


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of one kind of list: each name with its headings (Chinese first); those that must be there."""

    spellings: dict[str, tuple[str, ...]]
    required: tuple[str, ...]

    def named(self, heading: str) -> str:
        """The column that a heading means, or ""."""
        key = folded_heading(heading)
        for column, spellings in self.spellings.items():
            if key == column or key in map(folded_heading, spellings):
                return column
        return ""

    def titles(self, columns: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The Chinese headings of `columns`, or of all."""
        return tuple(self.spellings[column][0] for column in columns or tuple(self.spellings))


def folded_heading(text: str) -> str:
    """How headings are compared: NFKC, lower case, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


UNITS = Columns(
    spellings={
        "order": ("排序号", "序号"),
        "name": ("单位名称", "单位全称"),
        "short": ("简称",),
        "former": ("曾用名",),
        "type": ("类型",),
        "roles": ("角色",),
    },
    required=("name",),
)

SITES = Columns(
    spellings={
        "code": ("编号", "点位编号"),
        "name": ("名称", "点位名称"),
        "alias": ("别名",),
        "kind": ("类别",),
        "address": ("地址",),
        "street": ("街道",),
        "community": ("社区",),
        "grid": ("网格",),
        "lead": ("牵头单位",),
        "helpers": ("配合单位",),
        "position": ("负责人职务",),
        "longitude": ("经度",),
        "latitude": ("纬度",),
        "note": ("备注",),
    },
    required=("code", "name", "kind"),
)
