"""site import | list."""

from __future__ import annotations

import msgspec

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, File, ListFile, command, group
from inspector.cli.show import imported, listing
from inspector.text import say

app = group("site", say("cli-site"))


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    code: str
    name: str
    kind: str
    street: str
    community: str
    lead_unit: str
    open_findings: int


@command(app, "import", help=say("cli-site-import"), example=say("cli-site-import-example"))
def take(file: File, workspace: At = None, as_json: AsJson = False) -> int:
    """All rows or none; 2 if a row has a problem."""
    from inspector.services import sites

    with opened(workspace) as here:
        return imported(sites.import_file(here, file, now=now()), file, as_json=as_json)


@command(app, "list", help=say("cli-site-list"), example=say("cli-site-list-example"))
def every(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """Sites by code, with the number of findings that are still open."""
    from inspector.services import findings, sites

    with opened(workspace) as here:
        found = sites.every(here)
        open_findings = findings.open_by_site(here)
        called = findings.names(here)
    rows = [
        _Row(
            id=site.id,
            code=site.code,
            name=site.name,
            kind=site.kind,
            street=site.street,
            community=site.community,
            lead_unit=site.lead_unit,
            open_findings=open_findings.get(site.id, 0),
        )
        for site in found
    ]
    listing("sites", rows, as_json=as_json, called=called, file=out)
