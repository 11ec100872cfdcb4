"""Texts of documents: what ships can be read, and everything that is wrong with an edited file is said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.model.document_text import FIELDS, Template, read_text
from inspector.model.errors import BadInput
from inspector.places import shipped
from inspector.services import document_texts
from inspector.text import tell

NOTICE = (shipped("forms") / "texts" / "notice.toml").read_text("utf-8")


def refused(text: str, template: Template = Template.NOTICE) -> list[str]:
    with pytest.raises(BadInput) as raised:
        read_text(text, template, where="x.toml", forbidden=("责令", "行政处罚决定"))
    assert all(tell(fault) for fault in raised.value.values["errors"])
    return [fault.key for fault in raised.value.values["errors"]]


@pytest.mark.parametrize("template", list(Template))
def test_the_shipped_texts_are_complete_and_say_no_forbidden_word(template: Template) -> None:
    assert document_texts.of(None, template).texts.keys() == FIELDS[template].keys()


def test_every_place_is_filled_with_what_it_stands_for() -> None:
    text = read_text(NOTICE, Template.NOTICE, where="notice.toml")
    said = text.filled("opening", period="10月12日至16日", team="督查一组", sites="堃宁巷", count=3)
    assert said.startswith("10月12日至16日，督查一组检查堃宁巷") and "3处" in said


def test_a_clause_whose_place_is_empty_is_left_out() -> None:
    text = document_texts.of(None, Template.BULLETIN)
    said = text.filled("asking", contact="检查员甲", telephone="", place="")
    assert said.endswith("联系人：检查员甲。")
    said = text.filled("asking", contact="检查员甲", telephone="0000-0000000", place="三楼")
    assert said.endswith("联系人：检查员甲，电话：0000-0000000，地址：三楼。")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("{count}处", "{number}处", "text-place-unknown"),
        ("{count}处", "{count处", "text-brace-alone"),
        ("{count}处", "{count!r}处", "text-place-unknown"),
        ("请逐条", "责 令逐条", "form-word-forbidden"),
        ("asking =", "askin =", "form-key-unknown"),
    ],
)
def test_a_slip_of_the_pen_is_named(old: str, new: str, key: str) -> None:
    assert key in refused(NOTICE.replace(old, new, 1))


def test_all_faults_are_said_at_once() -> None:
    assert len(refused('heading = ""\nopening = "{x}"\nextra = 1\n')) >= 5


def test_no_toml_is_said_to_be_none() -> None:
    assert len(refused("heading = ")) == 1


def test_the_own_file_of_an_office_wins_and_one_with_a_fault_hides_nothing(workspace, tmp_path: Path) -> None:
    own = workspace.path / "forms" / "texts"
    own.mkdir(parents=True)
    (own / "notice.toml").write_text(NOTICE.replace('"督查整改通知书"', '"限期整改通知书"'), "utf-8")
    assert document_texts.of(workspace, Template.NOTICE).heading == "限期整改通知书"
    (own / "notice.toml").write_text(NOTICE.replace("{count}", "{cuont}"), "utf-8")
    with pytest.raises(BadInput, match="form-invalid"):
        document_texts.of(workspace, Template.NOTICE)
    with pytest.raises(BadInput, match="text-file-unknown"):
        document_texts.check(tmp_path / "letter.toml")
    assert document_texts.check(shipped("forms") / "texts" / "press.toml").heading == "督办单"


def test_the_manual_names_every_file_text_and_place() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "forms.md").read_text("utf-8")
    for template, texts in FIELDS.items():
        (line,) = [line for line in manual.splitlines() if line.startswith(f"| `{template.value}.toml` |")]
        for field, places in texts.items():
            assert f"`{field}`" in line
            assert all(f"`{{{place}}}`" in line for place in places)
