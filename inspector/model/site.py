"""A site (点位): a place that is inspected."""

from __future__ import annotations

import re
import unicodedata

import msgspec

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")
DEGREE = 10_000_000
"""Coordinates are integers of 1e-7 degrees (about a centimetre); here is how many make a degree."""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A site as it stands. `id` is its entity: `site:<code>` from the office's list, `site:<random>` when it was made
    in the field (its `code` may be empty until the office gives one). `kind` is the 类别, the `site_kind` of a form.

    `street`, `community`, `lead_unit` and `helping_units` are unit entities; `lead_unit` may be a company in a party
    role, which then counts as the site's party (model.roles). `position` is the post (never the name) of the person
    responsible there. `longitude` and `latitude` in 1e-7 degrees, both or neither. `facts` are the header items of the
    site by code ("GD-H1" → option or number): kept with it, offered at the next visit."""

    id: str
    code: str = ""
    name: str
    aliases: tuple[str, ...] = ()
    kind: str
    address: str = ""
    street: str = ""
    community: str = ""
    grid: str = ""
    lead_unit: str = ""
    helping_units: tuple[str, ...] = ()
    position: str = ""
    longitude: int | None = None
    latitude: int | None = None
    note: str = ""
    facts: dict[str, str] = {}
    initials: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[bool, str, str]:
        """The order of sites: by code; those without one at the end."""
        return not self.code, self.code, self.id


class SiteChange(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody changed what is known of a site, and why. `at` is RFC 3339, `fields` are those of the record."""

    at: str
    reason: str
    fields: tuple[str, ...]


def entity(code: str) -> str:
    """The entity of a site from the office's list: two laptops that import one list mean the same."""
    return f"site:{folded_code(code)}"


def folded_code(text: str) -> str:
    """A code as it is compared and stored: half width, trimmed, upper case."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def fact_field(header: str) -> str:
    """The record field in which a header fact is kept: one field each, so that two laptops that learn different
    facts of one site do not disagree."""
    return f"fact/{header}"


def change_field(change: str) -> str:
    """The record field that says why a site was changed. Each change has one of its own: two reasons never disagree."""
    return f"change/{change}"
