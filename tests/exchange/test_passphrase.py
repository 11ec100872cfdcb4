from __future__ import annotations

from base64 import b64decode

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.exchange.passphrase import lock, unlock
from inspector.model.errors import Damaged, InspectorError, Refused

QUICK = 4
"""Work that takes no time: what is tested is the format."""


@given(secret=st.binary(max_size=1024), passphrase=st.text(st.characters(codec="utf-8"), max_size=40))
def test_a_secret_comes_back_with_its_passphrase_and_with_no_other(secret: bytes, passphrase: str) -> None:
    locked = lock(secret, passphrase, work=QUICK)
    assert unlock(locked, passphrase) == secret
    with pytest.raises(Refused):
        unlock(locked, passphrase + "x")


def test_stock_age_opens_what_is_locked_here() -> None:
    assert pyrage.passphrase.decrypt(lock(b"secret", "口令 example", work=10), "口令 example") == b"secret"


STOCK = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCByUWp2R2cvNm9aK0tMNXRvdUtVa0FnIDE1Ck04RkhTSVFHN0t6bVJXY3U3Vzc3SWxq"
    "N1pudDV1dXV0a3dSRjRxNVVGSHMKLS0tIFdsUzd5OWo5ajlYN3dpVmE1VXVuTnE0Yk45NmJ1cTFNd3JKRHlqeGdaZ2sKsRgkdn6yCRE/B0qr"
    "DEoRshxk0dlG9XTE8pQeWnoHBikGSyYGnmY="
)
"""Locked by pyrage 1.4 with 2^15; how much work it takes is measured anew each time, so it cannot be asked here."""


def test_what_stock_age_locked_is_opened_here() -> None:
    assert unlock(b64decode(STOCK), "example1") == b"secret"


def test_no_bit_can_be_changed() -> None:
    locked = lock(b"secret", "example1", work=1)
    for place in range(len(locked)):
        for bit in range(8):
            changed = bytearray(locked)
            changed[place] ^= 1 << bit
            with pytest.raises(InspectorError):
                unlock(bytes(changed), "example1")


@given(keep=st.integers(0, 250))
def test_what_was_cut_is_refused(keep: int) -> None:
    locked = lock(b"secret", "example1", work=QUICK)
    with pytest.raises(InspectorError):
        unlock(locked[: min(keep, len(locked) - 1)], "example1")


def test_work_that_would_fill_the_memory_is_not_done() -> None:
    locked = lock(b"secret", "example1", work=QUICK)
    with pytest.raises(Damaged):
        unlock(locked.replace(b" 4\n", b" 30\n", 1), "example1")
