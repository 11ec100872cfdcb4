"""续证书 on the people screen: told before the end, done with the passphrase alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.services import people, validity
from inspector.ui.people import PeopleScreen
from inspector.ui.screen import Place
from tests.county import NOW, PASSPHRASE, County
from tests.ui.conftest import Clock, Shown


def test_a_certificate_that_ends_is_told_and_renewed_with_the_passphrase_alone(
    shown: Shown[PeopleScreen], settle: Callable[[], None], county: County, clock: Clock
) -> None:
    person = people.every(county.workspace)[0]
    screen = shown(PeopleScreen, Place("people", which=person.id))
    assert not screen.renew.isVisible()
    clock.at = NOW + timedelta(days=3600)
    screen.refresh()
    settle()
    assert screen.renew.isVisible()
    QTest.keyClicks(screen.renew.passphrase.line, "another1")
    QTest.keyClick(screen.renew.passphrase.line, Qt.Key.Key_Return)
    settle()
    assert screen.renew.strip.isVisible()
    screen.renew.passphrase.clear()
    QTest.keyClicks(screen.renew.passphrase.line, PASSPHRASE)
    QTest.keyClick(screen.renew.yes, Qt.Key.Key_Return)
    settle()
    assert not screen.renew.isVisible()
    assert not validity.due(people.one(county.workspace, person.id), now=clock.at)
