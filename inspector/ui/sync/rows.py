"""Places and laptops as rows, and the three words for where a second copy lies."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from inspector.services.copies import Copy, Laptop, Overview
from inspector.services.remotes import Kind, Offer, State
from inspector.text import say
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.words import clock_words, days_ago, short_day, site_note

GB: Final = 1_000_000_000
MB: Final = 1_000_000
ICONS: Final = {Kind.STICK: "usb", Kind.FOLDER: "server", Kind.STORE: "cloud"}


def copy_words(copy: Copy, count: int) -> str:
    """只在本机 3 份"""
    return say(f"sync-copy-{copy}", count=count)


def place_fact(offer: Offer, doing: str) -> tuple[str, str]:
    """The badge of a place and its tone: what happens to it now, else what stands in the way, else whether all of this
    laptop was there."""
    if doing:
        return doing, "accent"
    if offer.state in (State.AWAY, State.OTHER):
        return say(f"sync-place-{offer.state}"), "warn"
    return (say("sync-place-complete"), "ok") if offer.complete else ("", "muted")


def place_notes(offer: Offer, now: datetime) -> str:
    """The line below a place: its room, when this laptop was here, whether it is sealed, where it lies."""
    notes = []
    if offer.free == 0:
        notes.append(say("sync-place-read-only"))
    elif offer.free is not None:
        room = f"{offer.free / GB:.1f} GB" if offer.free >= GB else f"{offer.free // MB} MB"
        notes.append(say("sync-place-free", room=room))
    if offer.synced:
        notes.append(say("sync-place-last", when=when_words(offer.synced, now)))
    elif offer.state is State.UNSEEN:
        notes.append(say("sync-place-unseen"))
    if offer.state in (State.NEW, State.PLAIN, State.SEALED):
        notes.append(say(f"sync-place-{offer.state}"))
    if offer.kind is not Kind.STICK:
        notes.append(offer.where)
    return site_note(*notes)


def laptop_row(laptop: Laptop, missing: int, now: datetime) -> Row:
    """A laptop: when it was heard last, and what it lacks; for this one, what has no second copy. `missing` counts
    photos and documents that are not here."""
    if laptop.own:
        lacks = [say("sync-own-lacks", count=laptop.lacks)] if laptop.lacks else []
        lacks += [say("sync-own-missing", count=missing)] if missing else []
        good = say("sync-own-good")
    else:
        lacks = [say("sync-lacks", count=laptop.lacks)] if laptop.lacks else []
        lacks += [say("sync-wants", count=laptop.wants)] if laptop.wants else []
        good = say("sync-good")
    fact = (
        Fact(site_note(*lacks), tone="warn", icon="alert-triangle")
        if lacks
        else Fact(good, tone="ok", icon="circle-check")
    )
    name = laptop.label or laptop.device[:8]
    heard = say("sync-now") if laptop.own else when_words(laptop.said, now)
    drafts = say("sync-drafts", count=laptop.drafts) if laptop.drafts else ""
    return Row(
        key=laptop.device,
        title=say("sync-own", label=name) if laptop.own else name,
        note=site_note(heard, drafts),
        icon="device-laptop",
        facts=(fact,),
    )


def when_words(moment: str, now: datetime) -> str:
    """今天 08:05, or 10月12日 17:40 when it is longer ago than yesterday."""
    days = (now.date() - datetime.fromisoformat(moment).date()).days
    day = days_ago(moment, now) if 0 <= days <= 1 else short_day(moment)
    return f"{day} {clock_words(moment)}"


def sum_words(overview: Overview) -> str:
    """The line under the title: what has no second copy yet."""
    here = []
    if overview.inspections_here:
        here.append(say("sync-sum-inspections", count=overview.inspections_here))
    if overview.blobs_here:
        here.append(say("sync-sum-blobs", count=overview.blobs_here))
    if here:
        return say("sync-sum", what=say("ui-list").join(here))
    if overview.inspections_handed:
        return say("sync-sum-handed", inspections=overview.inspections_handed)
    return say("sync-sum-nothing")
