from __future__ import annotations

from pathlib import Path

import pytest

from inspector.cli.main import main
from inspector.model.errors import BadInput
from inspector.services import bundles, drafts, editions, forms, sync, workspaces
from tests.county import NOW, County
from tests.exchange.desk import everybody, own_form


def test_an_edition_is_offered_and_used_only_after_a_yes(county: County, tmp_path: Path, stick: Path) -> None:
    with workspaces.create(tmp_path / "other", ledger=workspaces.DEMO) as other:
        sync.run(county.workspace, sync.reached(county.workspace, stick), now=NOW, accept=everybody)
        sync.run(other, sync.reached(other, stick), now=NOW, accept=everybody)
        before = forms.of_id(other, "GC")
        open_draft = drafts.start(other, site="site:GC-001", category=county_category(), now=NOW)
        own_form(county.workspace)
        published = editions.publish(county.workspace, "GC", now=NOW)
        sync.run(county.workspace, sync.reached(county.workspace, stick), now=NOW)
        sync.run(other, sync.reached(other, stick), now=NOW)
        assert forms.of_id(other, "GC").version == before.version
        (offer,) = editions.offered(other)
        assert (offer.form, offer.edition, offer.here) == ("GC", before.edition + 1, before.edition)
        assert editions.adopt(other, "GC").version == published.version
        assert forms.of_id(other, "GC").version == published.version
        assert editions.offered(other) == []
        assert drafts.read(other, open_draft).about.form == before.version
        with pytest.raises(BadInput):
            editions.adopt(other, "GJ")


def county_category() -> drafts.Category:
    return drafts.Category.SUPERVISION


def test_a_new_laptop_begins_with_the_forms_of_the_office(county: County, tmp_path: Path) -> None:
    own_form(county.workspace)
    editions.publish(county.workspace, "GC", now=NOW)
    bundles.write(county.workspace, tmp_path / "office.zip", now=NOW)
    with bundles.begin(tmp_path / "new", [tmp_path / "office.zip"], now=NOW) as new:
        assert forms.of_id(new, "GC").version == forms.of_id(county.workspace, "GC").version


def test_a_form_is_published_from_the_command_line(
    county: County, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(county.workspace.path)
    own_form(county.workspace)
    county.workspace.close()
    assert main(["form", "publish", "GC", "--workspace", path, "--json"]) == 0
    assert main(["form", "offered", "--workspace", path, "--json"]) == 0
    assert main(["form", "adopt", "GC", "--workspace", path, "--json"]) == 0
    assert main(["form", "publish", "NONE", "--workspace", path, "--json"]) == 2
    assert '"offered":[]' in capsys.readouterr().out
