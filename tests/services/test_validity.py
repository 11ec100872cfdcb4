"""A certificate that has ended: nobody signs with it, and its owner has a new one at once, without any office."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from inspector.model.errors import InspectorError
from inspector.services import people, signing, validity
from tests.county import NOW, PASSPHRASE, County

END = NOW + timedelta(days=3650)


def refused(key: str, call: Any, *given: Any, **named: Any) -> None:
    with pytest.raises(InspectorError) as raised:
        call(*given, **named)
    assert raised.value.key == key


def test_nobody_signs_outside_of_the_dates_and_the_owner_renews_his_certificate_for_the_same_key(
    county: County,
) -> None:
    keys = county.signers()
    early, late = NOW - timedelta(days=400), END + timedelta(hours=1)
    sign = partial(signing.sign_draft, county.workspace, county.draft(), keys)
    refused("certificate-ended", sign, now=late)
    refused("certificate-clock", sign, now=early)
    person = keys[0].person
    renew = partial(validity.renew, county.workspace, person.id)
    refused("certificate-holds", renew, PASSPHRASE, now=NOW)
    refused("certificate-clock", renew, PASSPHRASE, now=early)
    refused("passphrase-wrong", renew, "another1", now=late)
    assert validity.due(person, now=late)
    renewed = renew(PASSPHRASE, now=late)
    assert not validity.due(renewed, now=late)
    before, after = people.certificates_of(renewed)
    assert (after.public_key(), after == before) == (before.public_key(), False)
    validity.require([people.unlock(county.workspace, person.id, PASSPHRASE)], now=late)
    refused("certificate-ended", validity.require, keys[1:], now=late)
