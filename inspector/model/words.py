"""The vocabulary of forms: each identifier and the one Chinese word for it (domain words of docs/forms.md).

What is stored, exported and compared is the identifier; what a clerk writes in a form, and what a person reads, is
the word. Roles are words of the office itself (units carry them), so they stay words everywhere.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, TypeVar


class Verdict(StrEnum):
    """判定. Unchecked comes back as 待补查; not applicable does not."""

    PASS = "pass"
    FAIL = "fail"
    UNCHECKED = "unchecked"
    NOT_APPLICABLE = "not_applicable"


class AnswerKind(StrEnum):
    """How an item is answered."""

    JUDGE = "judge"
    CHOICE = "choice"
    COUNT = "count"
    MEASURE = "measure"
    RATIO = "ratio"
    TEXT = "text"


class Severity(StrEnum):
    """严重程度. A finding is minor or major; veto (一票否决) belongs to items only."""

    MINOR = "minor"
    MAJOR = "major"
    VETO = "veto"


class TimeLimitKind(StrEnum):
    """整改时限: hours run by the clock, working hours in office hours."""

    AT_ONCE = "at_once"
    HOUR = "hour"
    WORKHOUR = "workhour"
    WORKDAY = "workday"
    CALDAY = "calday"


class UncheckedReason(StrEnum):
    """Why an item was not checked (未检)."""

    NOT_NIGHT = "not_night"
    NOT_OPEN = "not_open"
    NO_MEANS = "no_means"
    OTHER = "other"


class Category(StrEnum):
    """检查类别: fixes heading, required fields and words of a document (forms/texts/categories.toml)."""

    SUPERVISION = "supervision"
    COVERT = "covert"
    SELF = "self"


class How(StrEnum):
    """How a team checks an item."""

    LOOK = "look"
    MEASURE = "measure"
    COUNT = "count"
    ASK = "ask"
    DOCUMENTS = "documents"
    SMELL = "smell"


class ClauseStatus(StrEnum):
    """How far a clause can be relied on; only a verified one is shown as a rule, the others as 参考."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    OWN = "own"


class FormStatus(StrEnum):
    """A form is a draft until the office has approved it."""

    DRAFT = "draft"
    APPROVED = "approved"


class Scoring(StrEnum):
    """How a form scores: by deductions is the only way so far."""

    DEDUCTION = "deduction"


class Expected(StrEnum):
    """What a form expects of the counterpart by default."""

    ON_THE_SPOT = "on_the_spot"
    NOT_NEEDED = "not_needed"


class Of(StrEnum):
    """What a header item describes: the site (kept with it, offered next time) or this visit."""

    SITE = "site"
    VISIT = "visit"


class Needed(StrEnum):
    """What a category of inspection requires beyond answers and findings."""

    MANDATE = "mandate"
    TEAM = "team"
    LEADER = "leader"
    RECORDER = "recorder"
    WEATHER = "weather"
    LEAD_UNIT = "lead_unit"


class Issuer(StrEnum):
    """Who stands above the title: the issuer of the mandate, or the site's own lead unit."""

    MANDATE = "mandate"
    LEAD_UNIT = "lead_unit"


# By type first: members of different vocabularies are equal strings (AnswerKind.COUNT == How.COUNT).
_WORDS: Final[dict[type[StrEnum], dict[str, str]]] = {
    Verdict: {
        Verdict.PASS: "合格",
        Verdict.FAIL: "不合格",
        Verdict.UNCHECKED: "未检",
        Verdict.NOT_APPLICABLE: "不适用",
    },
    AnswerKind: {
        AnswerKind.JUDGE: "判定",
        AnswerKind.CHOICE: "选择",
        AnswerKind.COUNT: "计数",
        AnswerKind.MEASURE: "实测",
        AnswerKind.RATIO: "比例",
        AnswerKind.TEXT: "文字",
    },
    Severity: {
        Severity.MINOR: "一般",
        Severity.MAJOR: "严重",
        Severity.VETO: "一票否决",
    },
    TimeLimitKind: {
        TimeLimitKind.AT_ONCE: "立行立改",
        TimeLimitKind.HOUR: "小时",
        TimeLimitKind.WORKHOUR: "工作时",
        TimeLimitKind.WORKDAY: "工作日",
        TimeLimitKind.CALDAY: "自然日",
    },
    UncheckedReason: {
        UncheckedReason.NOT_NIGHT: "非夜间",
        UncheckedReason.NOT_OPEN: "未开放",
        UncheckedReason.NO_MEANS: "条件不具备",
        UncheckedReason.OTHER: "其他",
    },
    Category: {
        Category.SUPERVISION: "督查",
        Category.COVERT: "暗访",
        Category.SELF: "自查",
    },
    How: {
        How.LOOK: "看",
        How.MEASURE: "量",
        How.COUNT: "数",
        How.ASK: "问",
        How.DOCUMENTS: "查资料",
        How.SMELL: "闻",
    },
    ClauseStatus: {
        ClauseStatus.VERIFIED: "核实",
        ClauseStatus.UNVERIFIED: "未核实",
        ClauseStatus.OWN: "自拟",
    },
    FormStatus: {
        FormStatus.DRAFT: "草案",
        FormStatus.APPROVED: "已审定",
    },
    Scoring: {
        Scoring.DEDUCTION: "扣分制",
    },
    Expected: {
        Expected.ON_THE_SPOT: "当场核对",
        Expected.NOT_NEEDED: "无需签字",
    },
    Needed: {
        Needed.MANDATE: "督查方案",
        Needed.TEAM: "检查组名称",
        Needed.LEADER: "组长",
        Needed.RECORDER: "记录人",
        Needed.WEATHER: "天气",
        Needed.LEAD_UNIT: "牵头单位",
    },
    Issuer: {
        Issuer.MANDATE: "督查方案",
        Issuer.LEAD_UNIT: "本单位",
    },
    Of: {
        Of.SITE: "点位",
        Of.VISIT: "本次",
    },
}

PARTY_ROLES: Final = frozenset({"施工单位", "建设单位", "监理", "物业", "市场开办方"})
"""Roles of companies concerned by a finding (涉及单位), never the addressee of a 督查 document."""

COMPANY_TYPES: Final = frozenset({"企业", "国有企业"})
"""Types of unit (类型) that are companies: in a party role they are a party, in any other role they may lead."""

STREET: Final = "街道"
COMMUNITY: Final = "社区"
"""The roles of the territory authorities (属地)."""

ROLES: Final = (
    "督查",
    "纪检监察",
    "创建办",
    "宣传",
    "住建",
    "城管",
    "环卫",
    "市政",
    "园林",
    "交警",
    "市场监管",
    "农业农村",
    "水利",
    "生态环境",
    "卫健",
    "政务服务",
    "消防",
    "残联",
    "电力",
    "通信",
    "窗口单位",
    "街道",
    "社区",
)
"""Roles that a form may name without declaring them; a form adds its own with `roles`."""


TIME_LIMIT: Final = re.compile(r"(\d{1,4})\s*个?\s*(\S+)")
"""A time limit as it is written: 24小时, 5个工作日."""


class Placeholder(StrEnum):
    """What stands at a {placeholder} of a standard wording: asked for as text, whole number or number, or filled
    in from the answer (auto), some of them in ratio items only."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    AUTO = "auto"
    AUTO_RATIO = "auto_ratio"


MEASURED: Final = "实测"
LIMIT: Final = "限值"
DENOMINATOR: Final = "总数"
NUMERATOR: Final = "合格数"
RATE: Final = "比例"
PLACE: Final = "位置"
QUANTITY: Final = "数量"

PLACEHOLDERS: Final[dict[str, Placeholder]] = {
    PLACE: Placeholder.TEXT,
    QUANTITY: Placeholder.INTEGER,
    "长度": Placeholder.NUMBER,
    "面积": Placeholder.NUMBER,
    "高度": Placeholder.NUMBER,
    "深度": Placeholder.NUMBER,
    "时长": Placeholder.NUMBER,
    "时间": Placeholder.TEXT,
    "对象": Placeholder.TEXT,
    "类型": Placeholder.TEXT,
    MEASURED: Placeholder.AUTO,
    LIMIT: Placeholder.AUTO,
    DENOMINATOR: Placeholder.AUTO_RATIO,
    NUMERATOR: Placeholder.AUTO_RATIO,
    RATE: Placeholder.AUTO_RATIO,
}

CLOUD_FOLDERS: Final = ("坚果云", "百度网盘", "wps云盘")
"""Parts of the names of folders that a Chinese cloud program copies away (model.folder)."""

_Word = TypeVar("_Word", bound=StrEnum)


def word(member: StrEnum) -> str:
    """The Chinese word of an identifier: word(Severity.MAJOR) is what a form calls it."""
    return _WORDS[type(member)][member]


def known(member: StrEnum) -> bool:
    """Whether it belongs to a vocabulary of forms."""
    return type(member) in _WORDS


def read(kind: type[_Word], text: str) -> _Word:
    """The identifier that `text` means, written as its Chinese word or as itself.
    Raises ValueError for any other text."""
    for member in kind:
        if text in (_WORDS[kind][member], member.value):
            return member
    raise ValueError(text)


def choices(kind: type[StrEnum]) -> tuple[str, ...]:
    """The Chinese words of a vocabulary, in its order."""
    return tuple(_WORDS[kind].values())
