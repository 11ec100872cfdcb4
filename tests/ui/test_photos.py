"""整理照片: many pictures to items, by keys and by hand; marks, clocks, folders."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector.model.draft import Draft
from inspector.model.inspection import Mark, PhotoRole
from inspector.model.words import Verdict
from inspector.services import album, drafts, photos
from inspector.text import say
from inspector.ui.inspect.photo_tiles import MIME
from inspector.ui.photos.clock import seconds_between
from inspector.ui.photos.contact import TILES_AT_ONCE
from inspector.ui.photos.picture import ARROW, BOX
from inspector.ui.photos.screen import PhotosScreen
from inspector.ui.screen import Place
from tests.county import NOW, County
from tests.ui.conftest import Shown, press, type_text

Settle = Callable[[], None]
MADE_AT = (0, 1, 2, 20, 21)  # minutes after NOW: two groups


def taken(minutes: int, *, camera: str = "Phone X") -> bytes:
    """A small photo as a phone makes it."""
    image = Image.new("RGB", (320, 240), (40 + minutes * 5, 120, 90))
    exif = image.getexif()
    exif[0x0110] = camera
    when = NOW + timedelta(minutes=minutes)
    exif.get_ifd(0x8769)[0x9003] = when.strftime("%Y:%m:%d %H:%M:%S")
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def tray(county: County) -> list[str]:
    """Five photos in the tray of today, as they were taken."""
    return [
        photos.take_bytes(county.workspace, taken(at), name=f"IMG_{at:04}.jpg", now=NOW).sha256
        for at in MADE_AT
    ]


@pytest.fixture
def draft(county: County) -> str:
    return county.passed("BX-003")


def read(county: County, draft: str) -> Draft:
    return drafts.read(county.workspace, draft)


def shots(county: County, draft: str, item: str) -> list[str]:
    """The photos at an item."""
    return [shot.sha256 for one in read(county, draft).of_item(item) for shot in one.photos]


def test_the_sheet_is_in_groups_by_time_with_the_loose_ones_marked(
    tray: list[str], draft: str, shown: Shown[PhotosScreen]
) -> None:
    screen = shown(PhotosScreen, Place("photos", which=draft))
    assert screen.sheet._order == tray
    assert [group.photos for group in screen.sheet._groups] == [tray[:3], tray[3:]]
    assert say("album-loose") in screen.sheet.tile(tray[0]).accessibleName()


def test_photos_of_a_long_day_all_get_their_tiles_and_one_more_leaves_them_where_they_are(
    tray: list[str], draft: str, county: County, shown: Shown[PhotosScreen], settle: Settle
) -> None:
    screen = shown(PhotosScreen, Place("photos", which=draft))
    sheet = screen.sheet
    found = album.album(county.workspace, draft, day=NOW.date()).pictures
    one = found[0].photo
    day = [
        msgspec.structs.replace(found[0], photo=msgspec.structs.replace(one, sha256=f"{number:064x}"))
        for number in range(3 * TILES_AT_ONCE)
    ]
    sheet.show_pictures(day[:-1], draft=draft)
    settle()
    tiles = {picture.photo.sha256: sheet.tile(picture.photo.sha256) for picture in day[:-1]}
    assert all(tile is not None and tile.isVisible() for tile in tiles.values())
    sheet.show_pictures(day, draft=draft)
    settle()
    assert all(sheet.tile(photo) is tile for photo, tile in tiles.items())
    tops = [sheet.tile(picture.photo.sha256).y() for picture in day]
    assert tops == sorted(tops) and len(set(tops)) > 10
    sheet.show_pictures(found, draft=draft)
    settle()
    assert sheet.tile(day[0].photo.sha256) is None
    assert sheet.tile(tray[4]).isVisible()


def test_photos_are_chosen_and_put_to_an_item_by_keys_alone_and_taken_back_by_undo(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County
) -> None:
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen.sheet.setFocus()
    press(screen, Qt.Key.Key_Home)
    press(screen, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(QApplication.focusWidget(), "1")
    assert screen.assign.line.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "2")
    QTest.qWait(100)
    settle()
    assert screen.assign._means.text() == album.target(county.workspace, draft, "12").item.text
    press(screen, Qt.Key.Key_Return)
    settle()
    assert shots(county, draft, "BX-12") == tray[:2]
    assert read(county, draft).answers["BX-12"].verdict is Verdict.FAIL
    assert screen.sheet.here == tray[2]  # the next loose one
    assert screen.sheet.hasFocus()
    press(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert shots(county, draft, "BX-12") == []
    assert read(county, draft).answers["BX-12"].verdict is Verdict.PASS


def test_a_number_that_means_nothing_is_said_beside_it(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County
) -> None:
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen.sheet.choose(tray[:1])
    screen.assign.begin("99")
    press(screen, Qt.Key.Key_Return)
    settle()
    assert "99" in screen.assign._means.text()
    assert not read(county, draft).findings


def test_photos_of_another_site_go_to_its_draft(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County
) -> None:
    other = county.draft("GC-002")
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen.sheet.choose(tray[3:])
    screen.assign.begin("GC-002 4")
    press(screen, Qt.Key.Key_Return)
    settle()
    assert shots(county, other, "GC-04") == tray[3:]
    assert (
        screen.sheet.tile(tray[3])
        .accessibleName()
        .endswith(album.album(county.workspace, draft, day=NOW.date()).pictures[3].spots[0].site)
    )


def test_photos_are_dropped_on_an_item_by_mouse(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County
) -> None:
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen._turn_right("items")
    data = QMimeData()
    data.setData(MIME, QByteArray(" ".join(tray[:3]).encode()))
    at = screen.items.visualRect(screen.items.rows.index(1)).center()
    code = screen.items.rows.rows[1].key
    screen.items.dropEvent(
        QDropEvent(
            QPointF(at),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle()
    assert shots(county, draft, code) == tray[:3]


def test_a_photo_that_moves_takes_its_caption_and_marks_along(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County
) -> None:
    album.assign(county.workspace, album.target(county.workspace, draft, "12"), tray[:2], now=NOW)
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen.sheet.go_to(tray[0])
    type_text(screen.detail.caption, "墙根")
    screen.detail.settle()
    settle()
    screen._put("7")
    settle()
    (shot,) = read(county, draft).of_item("BX-07")[0].photos
    assert (shot.sha256, shot.caption) == (tray[0], "墙根")
    assert shots(county, draft, "BX-12") == tray[1:2]


def test_marks_are_drawn_on_the_turned_picture_and_kept_in_the_upright_one(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County
) -> None:
    album.assign(county.workspace, album.target(county.workspace, draft, "12"), tray[:1], now=NOW)
    screen = shown(PhotosScreen, Place("photos", which=draft))
    press(screen, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    settle()
    view = screen.detail.view
    view.take_tool(ARROW)
    room = view._room()
    begin, end = room.topLeft().toPoint() + QPoint(5, 5), room.center().toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(view, (begin + end) / 2)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    settle()
    shot = read(county, draft).findings[0].photos[0]
    (mark,) = shot.marks
    assert shot.turned == 90
    assert mark.kind == "arrow"
    assert (mark.x0 < 500, mark.y0 > 9500) == (
        True,
        True,
    )  # the upper left of the turned one was the lower left
    assert abs(mark.x1 - 5000) < 100
    assert abs(mark.y1 - 5000) < 100
    view.take_tool(BOX)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=begin + QPoint(1, 1))
    settle()
    assert len(read(county, draft).findings[0].photos[0].marks) == 1  # a slip of the hand
    view.setFocus()
    press(screen, Qt.Key.Key_Delete)
    settle()
    assert read(county, draft).findings[0].photos[0].marks == ()


def test_before_stands_beside_after_and_the_order_is_changed(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County
) -> None:
    album.assign(county.workspace, album.target(county.workspace, draft, "12"), tray[:3], now=NOW)
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen.sheet.go_to(tray[2])
    screen.detail._role._group.button(1).click()
    settle()
    assert screen.detail._pair_row.isVisible()
    assert screen.detail._pair == (tray[0], tray[2])
    screen.detail._earlier.click()
    settle()
    assert shots(county, draft, "BX-12") == [tray[0], tray[2], tray[1]]
    assert read(county, draft).findings[0].photos[1].role is PhotoRole.AFTER


def test_a_wrong_clock_is_put_right_for_all_photos_of_that_phone_alone(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County
) -> None:
    other = photos.take_bytes(county.workspace, taken(5, camera="Phone Y"), name="IMG_9.jpg", now=NOW).sha256
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen.sheet.go_to(tray[0])
    screen.detail.shift.click()
    screen.clock.line.setText("10:40")
    QTest.keyClick(screen.clock.line, Qt.Key.Key_Return)
    settle()
    facts = photos.facts(county.workspace, [*tray, other])
    assert {facts[one].shift_seconds for one in tray} == {70 * 60}
    assert facts[other].shift_seconds == 0
    assert "10:40" in screen.detail._time.text()
    assert "09:30" in screen.detail._time.text()  # the camera's own stays beside


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("09:40", 600),
        ("23：50", -(9 * 60 + 40) * 60),  # the evening before is nearer than the evening after
        ("2026-11-25 09:30", 86_400),
        ("soon", None),
        ("25:00", None),
    ],
)
def test_a_typed_time_is_the_nearest_one(text: str, seconds: int | None, county: County) -> None:
    photo = photos.take_bytes(county.workspace, taken(0), name="IMG_0.jpg", now=NOW)
    assert seconds_between(photo, text) == seconds


def test_a_watched_folder_offers_what_is_new_and_attaches_nothing(
    draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County, tmp_path: Path
) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen.watch.use(folder)
    settle()
    assert not screen.offer.isVisible()
    for name, data in (("a.jpg", taken(1)), ("b.jpg", b"no picture"), ("notes.txt", b"x")):
        (folder / name).write_bytes(data)
    import os

    for file in folder.iterdir():
        os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    screen.watch.look()
    settle()
    assert say("album-offered", count=2) in screen.offer.text()
    assert not photos.tray(county.workspace, day=NOW.date())
    screen.offer.click()
    settle()
    assert [one.name for one in photos.tray(county.workspace, day=NOW.date())] == ["a.jpg"]
    assert screen.came.isVisible()
    assert "b.jpg" in screen.came._lines.text()
    assert not read(county, draft).findings


def test_dropped_files_come_in(
    draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County, tmp_path: Path
) -> None:
    file = tmp_path / "IMG_1.jpg"
    file.write_bytes(taken(3))
    screen = shown(PhotosScreen, Place("photos", which=draft))
    assert screen._empty.isVisible()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    screen.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle()
    assert len(screen.sheet._order) == 1
    assert not screen._empty.isVisible()


def test_the_picture_grows_and_zooms(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle
) -> None:
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen.sheet.setFocus()
    press(screen, Qt.Key.Key_Return)
    assert not screen._left.isVisible()
    assert screen.detail.view.hasFocus()
    wide = screen.detail.view._room().width()
    press(screen, Qt.Key.Key_Plus)
    assert screen.detail.view._room().width() == pytest.approx(1.5 * wide)
    press(screen, Qt.Key.Key_F11)
    assert screen._left.isVisible()


def test_shift_click_and_control_click_choose_many(
    tray: list[str], draft: str, shown: Shown[PhotosScreen]
) -> None:
    screen = shown(PhotosScreen, Place("photos", which=draft))

    def click(photo: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        tile = screen.sheet.tile(photo)
        at = tile.mapTo(screen.sheet.viewport(), tile.rect().center())
        QTest.mouseClick(screen.sheet.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    click(tray[0])
    click(tray[2], Qt.KeyboardModifier.ShiftModifier)
    assert screen.sheet.taken == tuple(tray[:3])
    click(tray[1], Qt.KeyboardModifier.ControlModifier)
    assert screen.sheet.taken == (tray[0], tray[2])
    assert say("album-chosen", count=2) in screen.assign._count.text()
    click(tray[4])
    assert screen.sheet.taken == (tray[4],)


def test_what_is_signed_cannot_be_changed_and_it_is_said(
    tray: list[str], draft: str, shown: Shown[PhotosScreen], settle: Settle, county: County
) -> None:
    county.agreed(draft)
    from inspector.services import signing

    signing.sign_draft(county.workspace, draft, county.signers()[:1], now=NOW)
    screen = shown(PhotosScreen, Place("photos", which=draft))
    screen.sheet.choose(tray[:1])
    screen._put("12")
    settle()
    assert screen.assign._means.text()
    assert not read(county, draft).findings


def test_a_layer_of_marks_never_touches_the_original(county: County, tray: list[str], draft: str) -> None:
    before = photos.screen(county.workspace, tray[0])
    album.assign(county.workspace, album.target(county.workspace, draft, "12"), tray[:1], now=NOW)
    spot = album.album(county.workspace, draft, day=NOW.date()).pictures[0].spots[0]
    mark = Mark(kind="pixelate", x0=0, y0=0, x1=5000, y1=5000)
    album.edit(county.workspace, spot, album.Shot(sha256=tray[0], marks=(mark,)), now=NOW)
    assert photos.screen(county.workspace, tray[0]) == before
