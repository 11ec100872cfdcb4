"""The columns of the office's lists: what the program calls them, and how a heading may be written."""

from __future__ import annotations

import unicodedata

import msgspec

from inspector.model.finding import State
from inspector.model.inspection import PhotoRole
from inspector.model.paper import Way


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

RECEIVERS = Columns(
    spellings={
        "unit": ("单位", "单位名称", "受送达单位"),
        "name": ("收件人", "姓名", "签收人"),
        "position": ("职务",),
        "telephone": ("电话", "联系电话"),
        "way": ("送达方式", "方式"),
        "place": ("送达地点", "地点"),
        "relation": ("关系", "代收人关系"),
        "reason": ("拒收理由", "理由"),
        "witness": ("见证人",),
    },
    required=("unit", "name"),
)
"""收件人名单."""

WAYS = {
    Way.RECEIPT: "签收",
    Way.RECEIVED_FOR: "代收",
    Way.REFUSED: "拒收",
    Way.LEFT: "留置",
    Way.MESSAGE: "告知",
}
"""How a list of receivers calls the ways of service."""

REGISTER = Columns(
    spellings={
        "number": ("序号",),
        "site": ("点位",),
        "place": ("位置",),
        "description": ("问题描述", "存在问题"),
        "before": ("照片", "问题照片", "整改前照片"),
        "lead": ("牵头", "牵头单位"),
        "helping": ("配合", "配合单位"),
        "party": ("涉及单位",),
        "limit": ("时限", "整改时限"),
        "due": ("到期日",),
        "measures": ("整改措施",),
        "finished": ("完成时间",),
        "person": ("责任人", "责任人及电话"),
        "after": ("整改后照片",),
        "state": ("状态", "是否销号"),
        "note": ("备注",),
        "finding": ("id",),
    },
    required=("measures", "finished", "person"),
)
"""整改台账. Source of the columns: domain.md 6; `finding` is hidden."""

REGISTER_SHEET = "整改台账"
REGISTER_TITLE = "{unit}问题整改台账"
REGISTER_NOTE = (
    "请填写黄色各栏（整改措施、完成时间、责任人、备注），"
    "把整改后照片贴在“整改后照片”一栏的格子里；其他各栏请不要改动。"
)
REGISTER_JOIN = "、"
REGISTER_MORE = "另有 {count} 张"

STATES = {
    State.OPEN: "待交办",
    State.HANDED: "已交办",
    State.SERVED: "已送达",
    State.REPORTED: "待复查",
    State.FAILED: "复查未过",
    State.REOPENED: "反弹",
    State.PASSED: "已销号",
    State.WITHDRAWN: "已撤销",
    State.DISPUTED: "有争议",
}
"""What a list for people calls the states of findings. Source: domain.md 8."""

CASE_FILE = "卷内目录"
CASE_COLUMNS = ("件号", "责任者", "文号", "题名", "日期", "页数", "文件")
"""Source: domain.md 6 (归档文件 are listed by 件)."""
CASE_ROLES = {PhotoRole.BEFORE: "整改前照片：{text}", PhotoRole.AFTER: "整改后照片：{text}"}
CASE_SCAN = "附件：{text}"

DOSSIER_FOLDER = "{year}年_{unit}_整改卷宗"
DOSSIER_FILE = "{year}年整改情况"
DOSSIER_COLUMNS = ("月份", "发现", "已到期", "按期整改", "按期整改率", "逾期整改", "逾期未改", "反弹")
DOSSIER_TOTAL = "全年"
"""A unit's year, for the assessment of 文明单位: the figures of the desk, month by month."""
