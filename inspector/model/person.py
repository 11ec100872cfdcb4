"""A person (人员): an inspector or member of a team, and the certificates that stand for his signature."""

from __future__ import annotations

import msgspec

MIN_PASSPHRASE = 8
"""Characters; there is no other policy (docs/decisions.md, Commands)."""

MAX_NAME_BYTES = 64
"""In UTF-8: what the common name of a certificate holds (21 Chinese characters). A longer name would differ from the
one that is signed with."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person as he stands. `id` is `person:<16 base32 characters>`; `certificates` are DER in lower-case hex, in
    the order in which he got them: the last one is signed with, all of them verify what was signed before.
    `certificate_number` is the 证件号 (执法证 …), optional for 督查."""

    id: str
    name: str
    organisation: str = ""
    position: str = ""
    certificate_number: str = ""
    certificates: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[str, str, str]:
        """A total order for lists."""
        return self.organisation, self.name, self.id
