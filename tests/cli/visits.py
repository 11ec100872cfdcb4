"""A visit as a script writes it: the JSON object of `inspection import`, with its photo beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PIL import Image

from inspector.model import decimals
from inspector.services import forms
from tests.county import passing

TEAM = ("检查员甲", "检查员乙")


def visit(folder: Path, *, form: str = "GC", site: str = "GC-001", **changed: Any) -> Path:
    """A 督查 in which everything passes but one item, whose finding has a photo; `changed` replaces parts of it."""
    checklist = forms.of_id(None, form)
    header = {asked.code: asked.options[0] if asked.options else "10" for asked in checklist.header}
    answers: dict[str, Any] = {}
    for item in checklist.items():
        answer = passing(item, header)
        if answer is not None:
            given = {"verdict": answer.verdict, "count": answer.count, "option": answer.option or None}
            given |= {"numerator": answer.numerator, "denominator": answer.denominator}
            given["value"] = None if answer.value is None else decimals.shown(answer.value, item.decimals)
            answers[item.code] = {name: value for name, value in given.items() if value is not None}
    failed = f"{form}-05"
    answers[failed] = {"verdict": "fail"}
    Image.new("RGB", (640, 480), (90, 120, 90)).save(folder / "现场.jpg")
    written = {
        "v": 1,
        "form": form,
        "site": site,
        "category": "supervision",
        "mandate": {"issuer": "示例县创建办", "title": "联合督查方案", "number": "示创办〔2026〕3号"},
        "team": {
            "name": "督查一组",
            "leader": TEAM[0],
            "recorder": TEAM[1],
            "members": [{"person": name} for name in TEAM],
        },
        "begin": "2026-11-23T09:30:00+08:00",
        "end": "2026-11-23T10:05:00+08:00",
        "weather": "晴",
        "header": header,
        "answers": answers,
        "findings": [
            {
                "item": failed,
                "place": "入口右侧",
                "description": "监督电话牌脱落",
                "photos": [{"file": "现场.jpg"}],
            }
        ],
        "counterpart": {"choice": "not_needed", "reason": "公共区域，无人在场"},
        **changed,
    }
    file = folder / "检查.json"
    file.write_text(json.dumps(written, ensure_ascii=False), "utf-8")
    return file
