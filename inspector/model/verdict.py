"""What verification says of one file: values only, so that they cross a process border and become text elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

MAX_BYTES = 64 * 1024 * 1024
"""A larger file is refused: a sheet of 120 photos has 40 MB. Source: docs/decisions.md (Verification)."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the answer: the key of its text in the catalogue, and the values that stand in it."""

    key: str
    values: dict[str, str | int] = {}


NOT_TRUSTED = "verify-not-trusted"
"""The problem of a signer whom nobody of those vouches for that one was told to trust."""

CLAIMS = (Line(key="verify-time-is-a-claim"), Line(key="verify-pages-by-signature"))
"""What a good answer does not say."""


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """One signature as it stands in the file. `time` (RFC 3339, or empty) is what the signer's clock said: a claim.
    `trusted` is None when nobody said whom to trust; `by_public_key` is true where trust comes from a certificate
    that the office gave to the same key (登记). `known` is true where a workspace knows the person by this key."""

    field: str
    name: str
    certificate_sha256: str
    public_key_sha256: str
    time: str
    self_signed: bool
    trusted: bool | None = None
    by_public_key: bool = False
    known: bool = False


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The answer about one file. `intact`: no signed byte has changed and every signature is right; `complete`:
    exactly the signers that the content names have signed; `data_matches`: the embedded content is what the file
    says about itself; `trusted`: None without certificates to trust; `appended`: something stands after the last
    expected signature; `claimed_time` is the time of the last signature. `notes` are worth saying and no fault."""

    kind: str = ""
    ledger: str = ""
    entity: str = ""
    number: str = ""
    title: str = ""
    content_sha256: str = ""
    file_sha256: str = ""
    intact: bool = False
    complete: bool = False
    data_matches: bool = False
    trusted: bool | None = None
    appended: bool = False
    claimed_time: str = ""
    signers: tuple[Signature, ...] = ()
    problems: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the answer is yes (exit status 0)."""
        whole = self.intact and self.complete and self.data_matches
        return whole and not self.appended and self.trusted is not False and not self.problems

    def lines(self) -> Iterator[Line]:
        """The answer for a reader: yes or no, what is wrong, who signed, what else is worth knowing."""
        about: dict[str, str | int] = {"title": self.title, "number": self.number, "count": len(self.signers)}
        if not self.number:
            yield Line(key="verify-rejected-unread")
        elif not self.accepted:
            yield Line(key="verify-rejected", values=about)
        elif all(signer.trusted or signer.known for signer in self.signers):
            yield Line(key="verify-accepted", values=about)
        else:
            yield Line(key="verify-accepted-unverified", values=about)
        yield from self.problems
        for signer in self.signers:
            yield Line(
                key="verify-signer-known" if signer.known and not signer.trusted else _SIGNER[signer.trusted],
                values={
                    "name": signer.name,
                    "time": signer.time[:16].replace("T", " "),
                    "digits": signer.certificate_sha256[:16],
                },
            )
            if signer.by_public_key:
                yield Line(key="verify-signer-by-key", values={"name": signer.name})
        yield from self.notes


_SIGNER = {None: "verify-signer-unverified", True: "verify-signer-trusted", False: "verify-signer-untrusted"}
