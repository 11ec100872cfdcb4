"""The forms of a workspace: the shipped ones, the office's own, and what happens when one of these is broken."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from inspector.model.errors import BadInput, Damaged, Environment
from inspector.model.form_changes import ChangeKind
from inspector.model.words import Category, FormStatus, Needed
from inspector.places import shipped
from inspector.services import forms
from inspector.services.workspaces import Workspace
from inspector.store import blobs
from inspector.text import explain, tell
from tests.model.small_form import TEXT as PARK

TOILETS = (shipped("forms") / "GC.toml").read_text("utf-8")
OWN_TOILETS = TOILETS.replace("edition = 1", "edition = 2").replace('status = "草案"', 'status = "已审定"')


def add(workspace: Workspace, name: str, text: str | bytes) -> Path:
    file = workspace.path / "forms" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def faults(error: BadInput) -> list[str]:
    assert error.key == "form-invalid"
    assert all(explain(error))
    errors = error.values["errors"]
    assert isinstance(errors, tuple)
    return [tell(fault) for fault in errors]


def test_without_a_workspace_the_eight_shipped_forms_are_listed_in_their_order():
    listed = forms.every(None)
    assert [one.form.id for one in listed] == ["GD", "BX", "GC", "GJ", "HD", "NM", "SQ", "CK"]
    assert not any(one.own or one.replaced for one in listed)
    assert forms.unusable(None) == []
    form = listed[0].form
    assert (form.site_kind, form.title, form.edition, form.scored_items) == (
        "主次干道",
        "主次干道文明巡检检查表",
        1,
        33,
    )
    assert len(form.version) == 64


def test_a_ninth_kind_of_site_is_one_file(workspace):
    with pytest.raises(BadInput) as missing:
        forms.for_kind(workspace, "公园")
    assert missing.value.key == "form-for-kind-missing"
    add(workspace, "公园.toml", PARK)
    assert forms.for_kind(workspace, "公园").id == "GY"
    assert forms.of_id(workspace, "GY").title == "公园巡检检查表"
    assert [one.form.id for one in forms.every(workspace)][-1] == "GY"
    assert len(forms.every(workspace)) == 9


def test_an_own_form_wins_over_the_shipped_one_and_both_editions_are_named(workspace):
    add(workspace, "厕所.toml", OWN_TOILETS)
    (own,) = (one for one in forms.every(workspace) if one.own)
    assert (own.file, own.form.edition, own.form.status) == ("厕所.toml", 2, FormStatus.APPROVED)
    assert own.replaced is not None
    assert own.replaced.edition == 1
    assert forms.of_id(workspace, "GC").edition == forms.for_kind(workspace, "公共厕所").edition == 2
    assert len(forms.every(workspace)) == 8
    assert forms.of_id(None, "GC").edition == 1


def test_an_own_form_for_a_kind_that_a_shipped_one_has_wins_for_its_sites(workspace):
    add(workspace, "GY.toml", PARK.replace('site_kind = "公园"', 'site_kind = "公共厕所"'))
    assert forms.for_kind(workspace, "公共厕所").id == "GY"
    assert forms.of_id(workspace, "GC").site_kind == "公共厕所"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (OWN_TOILETS.replace("edition = 2", 'edition = "2"'), "edition 要写整数"),
        (OWN_TOILETS.replace('"草案', '"责令'), "不能出现这个词"),
        (OWN_TOILETS.encode("gb18030"), "不是 UTF-8"),
        ("id = “GC”", "英文双引号"),
    ],
    ids=["edition", "forbidden", "gbk", "quotes"],
)
def test_a_broken_own_file_is_not_quietly_replaced_by_the_shipped_form(workspace, broken, told):
    add(workspace, "GC.toml", broken)
    for ask in (lambda: forms.of_id(workspace, "GC"), lambda: forms.for_kind(workspace, "公共厕所")):
        with pytest.raises(BadInput) as refused:
            ask()
        assert any(told in line for line in faults(refused.value))
    assert [one.form.id for one in forms.every(workspace)] == ["GD", "BX", "GJ", "HD", "NM", "SQ", "CK"]
    (error,) = forms.unusable(workspace)
    assert any(told in line for line in faults(error))
    assert forms.for_kind(workspace, "河道").id == "HD"


def test_two_own_files_with_one_id_are_both_put_aside(workspace):
    add(workspace, "a.toml", OWN_TOILETS)
    add(workspace, "b.toml", TOILETS)
    with pytest.raises(BadInput) as refused:
        forms.of_id(workspace, "GC")
    assert faults(refused.value) == ["id“GC”和 a.toml 重复，一个 id 只能有一份检查表。"]


def test_two_own_files_for_one_kind_of_site_are_both_put_aside(workspace):
    add(workspace, "a.toml", PARK)
    add(workspace, "b.toml", PARK.replace('"GY', '"GZ'))
    with pytest.raises(BadInput) as refused:
        forms.for_kind(workspace, "公园")
    assert faults(refused.value) == ["点位类别“公园”和 a.toml 重复，一类点位只能有一份检查表。"]
    for either in ("GY", "GZ"):
        with pytest.raises(BadInput) as twice:
            forms.of_id(workspace, either)
        assert twice.value.key == "form-invalid"


def test_what_no_form_has_is_told(workspace):
    with pytest.raises(BadInput) as refused:
        forms.of_id(workspace, "XX")
    assert (refused.value.key, refused.value.values) == ("form-unknown", {"form": "XX"})
    assert "XX" in explain(refused.value)[0]


def test_a_kept_form_is_found_by_its_version_whatever_became_of_its_file(workspace):
    file = add(workspace, "GY.toml", PARK)
    form = forms.for_kind(workspace, "公园")
    version = forms.keep(workspace, form)
    assert version == form.version
    file.unlink()
    assert forms.of_version(workspace, version) == form


def test_a_form_s_blob_that_is_not_here_or_was_changed_is_told(workspace):
    with pytest.raises(Environment) as missing:
        forms.of_version(workspace, "0" * 64)
    assert missing.value.key == "blob-missing"
    version = forms.keep(workspace, forms.of_id(None, "GC"))
    assert forms.of_version(workspace, version).id == "GC"
    blob = blobs.path(workspace, version)
    data = bytearray(blob.read_bytes())
    data[100] ^= 0xFF
    blob.chmod(0o644)
    blob.write_bytes(data)
    with pytest.raises(Damaged):
        forms.of_version(workspace, version)


# Categories


def test_an_own_file_of_categories_wins_but_never_allows_what_the_shipped_one_forbids(workspace):
    ours = forms.category(workspace, Category.SUPERVISION)
    assert ours == forms.category(None, Category.SUPERVISION)
    text = (shipped("forms") / forms.CATEGORIES).read_text("utf-8")
    own = text.replace(
        'heading = "文明城市创建联合督查检查记录表"', 'heading = "示例县联合督查检查记录表"'
    ).replace(
        'forbidden = ["责令", "行政处罚", "处罚法", "处罚决定", "罚款", "执法检查"]', 'forbidden = ["问责"]'
    )
    assert own.count("问责") == 3
    file = add(workspace, forms.CATEGORIES, own)
    changed = forms.category(workspace, Category.SUPERVISION)
    assert changed.heading == "示例县联合督查检查记录表"
    assert changed.forbidden == (*ours.forbidden, "问责")
    assert Needed.MANDATE in changed.required
    file.write_text("[[categories]]\n", "utf-8")
    with pytest.raises(BadInput) as refused:
        forms.category(workspace, Category.SELF)
    assert faults(refused.value)


# form check


def test_check_says_of_each_file_what_is_wrong_and_of_the_others_that_they_are_forms(tmp_path):
    good, bad, gone = tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "c.toml"
    good.write_text(PARK, "utf-8")
    bad.write_text(TOILETS.replace('lead = "环卫"', 'lead = "环为"'), "utf-8")
    first, second, third = forms.check([good, bad, gone])
    assert first.form is not None
    assert (first.file, first.form.id, first.faults, first.changed) == ("a.toml", "GY", (), ())
    assert second.form is None
    assert len(second.faults) == TOILETS.count('lead = "环卫"')
    assert [fault.near for fault in second.faults] == ["环卫"] * len(second.faults)
    assert [fault.key for fault in third.faults] == ["form-file-unreadable"]
    assert msgspec.json.encode([first, second, third])


def test_check_tells_two_files_with_one_id(tmp_path):
    one, other = tmp_path / "a.toml", tmp_path / "b.toml"
    one.write_text(PARK, "utf-8")
    other.write_text(PARK, "utf-8")
    first, second = forms.check([one, other])
    assert first.faults == ()
    assert [(fault.key, fault.want) for fault in second.faults] == [("form-id-twice", "a.toml")]


def test_check_against_the_old_form_says_what_changed(tmp_path):
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(TOILETS, "utf-8")
    new.write_text(OWN_TOILETS, "utf-8")
    (checked,) = forms.check([new], against=old)
    assert [(one.key, one.field, one.before, one.after) for one in checked.changed] == [
        (ChangeKind.CHANGED, "status", "草案", "已审定")
    ]
    other = tmp_path / "other.toml"
    other.write_text(PARK, "utf-8")
    with pytest.raises(BadInput) as refused:
        forms.check([other], against=old)
    assert refused.value.key == "form-against-another"
    assert "GC" in explain(refused.value)[0]
    with pytest.raises(BadInput) as gone:
        forms.check([new], against=tmp_path / "gone.toml")
    assert gone.value.key == "form-invalid"
