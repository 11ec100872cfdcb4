"""Any site, finding, document or printed hash by a few characters: what the palette asks."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from inspector.model import search
from inspector.services import site_list
from inspector.services.site_list import Listed
from inspector.store import overviews
from inspector.store.workspace import Workspace

MOST_OF_A_KIND = 6


class Thing(StrEnum):
    """What a hit is."""

    SITE = "site"
    FINDING = "finding"
    DOCUMENT = "document"


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One hit. `site` is the site that it belongs to, `kind` its kind; `draft` an open draft there."""

    thing: Thing
    id: str
    title: str
    note: tuple[str, ...]
    kind: str = ""
    draft: str = ""
    state: str = ""
    due: str = ""
    at: str = ""


def hits(workspace: Workspace, text: str, among: tuple[Listed, ...]) -> tuple[Hit, ...]:
    """What fits, the best of each kind first: sites, then findings, then documents. Nothing for fewer than two
    characters (one 汉字 is enough)."""
    query = search.words(text)
    if not query or (len(text.strip()) < 2 and text.isascii()):
        return ()
    found = [*_sites(query, among)]
    with workspace.reading() as db:
        for row in overviews.search_findings(db, query[0], most=200):
            if all(
                word in search.folded(f"{row.item} {row.text} {row.place} {row.site_name}") for word in query
            ):
                found.append(
                    Hit(
                        thing=Thing.FINDING,
                        id=row.id,
                        title=f"{row.site_name} {row.text}",
                        note=(row.item, row.place),
                        state=row.state,
                        due=row.due,
                    )
                )
                if sum(hit.thing is Thing.FINDING for hit in found) >= MOST_OF_A_KIND:
                    break
        found += [
            Hit(
                thing=Thing.DOCUMENT,
                id=document.inspection,
                title=document.site_name,
                note=(document.number,),
                at=document.made,
            )
            for document in overviews.search_documents(db, query[0], most=MOST_OF_A_KIND)
        ]
    return tuple(found)


def sites(workspace: Workspace) -> tuple[Listed, ...]:
    """What `hits` looks among, read once when the palette opens."""
    return site_list.every(workspace)


def _sites(query: tuple[str, ...], among: tuple[Listed, ...]) -> list[Hit]:
    ranked = [(rank, one) for one in among if (rank := search.rank(query, one.search)) is not None]
    ranked.sort(key=lambda pair: (pair[0], pair[1].site.rank))
    return [
        Hit(
            thing=Thing.SITE,
            id=one.site.id,
            title=one.site.name,
            note=(one.kind, one.site.code, one.street),
            kind=one.site.kind,
            draft=one.draft,
        )
        for _, one in ranked[:MOST_OF_A_KIND]
    ]
