"""整理照片: put many pictures to items. The contact sheet at the left, the photo at hand at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from inspector.services import album, photos
from inspector.services.album import Album, Picture
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.dropping import holds_photos
from inspector.ui.imewise import commit_all
from inspector.ui.inspect.intake import PhotoIntake
from inspector.ui.inspect.photos import CameCard
from inspector.ui.photos.acts import PhotoActs
from inspector.ui.photos.assign import AssignBar
from inspector.ui.photos.clock import ClockCard
from inspector.ui.photos.contact import ContactSheet
from inspector.ui.photos.detail import PhotoDetail
from inspector.ui.photos.items import ItemList
from inspector.ui.photos.watching import FolderWatch
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.theme import theme
from inspector.ui.widgets.bars import BottomBar, Key, TopBar
from inspector.ui.widgets.buttons import Button, Chip, Segments
from inspector.ui.widgets.fields import ComboField
from inspector.ui.widgets.frames import EmptyState
from inspector.ui.widgets.text import Badge
from inspector.ui.words import day_words, short_day

EVERY, LOOSE, PUT = "every", "loose", "put"
MIB: Final = 1_048_576


class PhotosScreen(Screen):
    """`place.which` is a draft, or empty: then every number is typed with its site."""

    immersive = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._album: Album | None = None
        self._day: date = desk.now().date()
        self._filter = EVERY
        self._offered: tuple[Path, ...] = ()
        self._alone = False
        self._shown = ""
        self.setAcceptDrops(True)
        self._pictures = Pictures(desk)
        self._intake = PhotoIntake(desk, self)
        self.acts = PhotoActs(desk, self, place.which)
        self.watch = FolderWatch(desk, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_top())
        column.addWidget(self.strip)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        self._left = self._make_left()
        self._right = self._make_right()
        columns.addWidget(self._left, 1)
        columns.addWidget(self._right, 1)
        column.addLayout(columns, 1)
        self.bottom = BottomBar(desk.lanes.save)
        column.addWidget(self.bottom)
        self._connect()
        self.begin_at(self.sheet)

    # ── making

    def _make_top(self) -> TopBar:
        self.top = TopBar(say("album-title"))
        if self.desk.example:
            self.top.middle.addWidget(Badge(say("ui-example"), tone="warn"))
        self._chips = {}
        for which, key in ((EVERY, "album-every"), (LOOSE, "album-loose-count"), (PUT, "album-put-count")):
            chip = Chip(say(key, count=0))
            chip.setChecked(which == EVERY)
            chip.clicked.connect(partial(self._only, which))
            self.top.middle.addWidget(chip)
            self._chips[which] = (chip, key)
        self._days = ComboField(name=say("album-day"))
        self._days.activated.connect(self._choose_day)
        self.offer = Button(say("album-offered", count=0), icon="device-mobile")
        self.offer.clicked.connect(self._take_offered)
        self.offer.hide()
        self.folder = Button(say("album-folder"), icon="folder-open")
        self.folder.clicked.connect(self.watch.ask)
        self.bring = Button(say("photos-import"), icon="photo-plus", key="Ctrl I")
        self.bring.clicked.connect(self._intake.ask)
        for widget in (self._days, self.offer, self.folder, self.bring):
            self.top.right.addWidget(widget)
        return self.top

    def _make_left(self) -> QFrame:
        left = QFrame()
        left.setProperty("kind", "work")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        cards = QVBoxLayout()
        cards.setContentsMargins(20, 8, 20, 0)
        self.came = CameCard()
        self.came.hide()
        self.clock = ClockCard()
        cards.addWidget(self.came)
        cards.addWidget(self.clock)
        column.addLayout(cards)
        self.sheet = ContactSheet(self._pictures)
        column.addWidget(self.sheet, 1)
        bring = Button(say("photos-import"), icon="photo-plus")
        bring.clicked.connect(self._intake.ask)
        self._empty = EmptyState("photo-plus", say("album-empty"), say("album-empty-text"), [bring])
        self._empty.hide()
        column.addWidget(self._empty, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 4, 20, 12)
        self.assign = AssignBar()
        self.assign.hide()
        foot.addWidget(self.assign)
        column.addLayout(foot)
        return left

    def _make_right(self) -> QFrame:
        right = QFrame()
        right.setProperty("kind", "detail")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        self._which = Segments(
            [("photo", say("album-picture")), ("items", say("album-items"))], name=say("album-right")
        )
        self._which.choose("photo")
        self._which.chosen.connect(self._turn_right)
        head.addWidget(self._which)
        head.addStretch(1)
        column.addLayout(head)
        self._stack = QStackedWidget()
        self.detail = PhotoDetail(self._pictures)
        self.items = ItemList()
        self._stack.addWidget(self.detail)
        self._stack.addWidget(self.items)
        column.addWidget(self._stack, 1)
        return right

    def _connect(self) -> None:
        self.top.back.connect(self.back)
        self.sheet.chosen.connect(self._chosen)
        self.sheet.typed.connect(self.assign.begin)
        self.sheet.opened.connect(self._toggle_large)
        self.sheet.dragged.connect(partial(self._turn_right, "items"))
        self.assign.asked.connect(self._ask_target)
        self.assign.wanted.connect(self._put)
        self.assign.taken_back.connect(self._take_back)
        self.assign.closed.connect(self.sheet.setFocus)
        self.clock.shifted.connect(self._shift)
        self.detail.edited.connect(self.acts.edit)
        self.detail.moved.connect(self.acts.move)
        self.detail.clock.connect(self._pop_clock)
        self.detail.large.connect(self._toggle_large)
        self.items.dropped.connect(self._dropped_on_item)
        self.items.opened.connect(self._put)
        self.acts.acted.connect(self._acted)
        self.acts.put.connect(self._was_put)
        self.acts.mistyped.connect(self.assign.refuse)
        self.acts.returned.connect(self.sheet.setFocus)
        self.acts.told.connect(self.told)
        self.acts.failed.connect(self.strip.show_error)
        self.watch.offered.connect(self._show_offered)
        self.watch.failed.connect(self.strip.show_error)
        self.came.stop.connect(self._intake.stop)
        self._intake.came.connect(self._came)
        self._intake.coming.connect(self.came.show_coming)
        self._intake.taken.connect(self.came.show_taken)
        self._intake.failed.connect(self.strip.show_error)
        for keys, slot in (
            ("Ctrl+Z", self._undo),
            ("Ctrl+I", self._intake.ask),
            ("Ctrl+V", self._paste),
            ("Ctrl+R", self.detail.turn),
            ("F11", self._toggle_large),
        ):
            QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(slot)

    # ── reading and showing

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(album.album, self.desk.workspace, self.place.which, day=self._day),
            done=self._show,
            failed=self.strip.show_error,
        )
        self.watch.look()

    def leave(self, then: Callable[[], None]) -> None:
        self.detail.settle()
        commit_all(self)
        self.desk.lanes.save.when_idle(self, then)

    def _show(self, read: Album) -> None:
        if self.acts.under_way:
            return
        self._album = read
        self.say_title(say("album-title"))
        loose = sum(not one.spots for one in read.pictures)
        count = len(read.pictures)
        site = read.site or say("album-no-site")
        self.top.say(say("album-title"), say("album-sum", site=site, count=count, loose=loose))
        for which, number in ((EVERY, count), (LOOSE, loose), (PUT, count - loose)):
            chip, key = self._chips[which]
            chip.say(say(key, count=number))
        self._show_days(read)
        shown = self._among(read)
        self.sheet.show_pictures(shown, draft=self.place.which)
        self.sheet.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        self._empty.tell(
            say("album-empty") if not read.pictures else say("album-all-put"),
            say("album-empty-text") if not read.pictures else "",
        )
        self.items.show_items(read.typed, read.form)
        if not self.sheet.taken and self.sheet.here:
            self.sheet.choose([self.sheet.here])
        else:
            self._chosen(self.sheet.taken)
        size = sum(one.photo.bytes for one in read.pictures) / MIB
        self.bottom.show_right(say("album-size-of-all", count=count, mb=f"{size:.0f}"))
        self.bottom.saved.rest(say("album-all-kept", count=count))
        self.bottom.show_keys(
            (
                Key(say("album-key-digits"), say("album-key-number")),
                Key("Enter", say("album-put")),
                Key(say("album-key-shift"), say("album-key-more")),
                Key("Ctrl R", say("album-turn")),
                Key("Ctrl Z", say("ui-undo")),
            )
        )

    def _among(self, read: Album) -> list[Picture]:
        return [
            one for one in read.pictures if self._filter == EVERY or bool(one.spots) is (self._filter == PUT)
        ]

    def _show_days(self, read: Album) -> None:
        days = [day for day, _ in read.days]
        if self._day not in days:
            days.insert(0, self._day)
        self._days.clear()
        today = self.desk.now().date()
        for day in days:
            word = say("ui-today") if day == today else short_day(day.isoformat())
            self._days.addItem(word, day)
            self._days.setItemData(self._days.count() - 1, day_words(day), Qt.ItemDataRole.ToolTipRole)
        self._days.setCurrentIndex(days.index(self._day))

    def _choose_day(self, at: int) -> None:
        self._day = self._days.itemData(at)
        self.refresh()
        self.sheet.setFocus()

    def _only(self, which: str) -> None:
        self._filter = which
        for one, (chip, _) in self._chips.items():
            chip.setChecked(one == which)
        if self._album is not None:
            self._show(self._album)
        self.sheet.setFocus()

    def _picture(self, photo: str) -> Picture | None:
        pictures = self._album.pictures if self._album else ()
        return next((one for one in pictures if one.photo.sha256 == photo), None)

    def _chosen(self, taken: tuple[str, ...]) -> None:
        self.detail.settle()
        mine = [one for one in map(self._picture, taken) if one and self._mine(one)]
        self.assign.show_count(len(taken), placed=bool(mine))
        picture = self._picture(self.sheet.here)
        if picture is None or self._album is None:
            self._shown = ""
            self.detail.show_nothing()
            return
        self.detail.show_picture(picture, self._album)
        photo = picture.photo.sha256
        if photo != self._shown:
            self._shown = photo
            self.detail.view.show_image(self._pictures.image(photo))
            self.desk.lanes.images.ask(
                self,
                partial(_large, self.desk.workspace, photo),
                done=partial(self._show_large, photo),
                failed=self.strip.show_error,
            )

    def _mine(self, picture: Picture) -> bool:
        return any(spot.draft == self.place.which and spot.item for spot in picture.spots)

    def _show_large(self, photo: str, image: QImage) -> None:
        if photo == self._shown:
            self.detail.view.show_image(image)

    # ── putting photos to items

    def _ask_target(self, text: str) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(album.target, self.desk.workspace, self.place.which, text),
            done=self.assign.show_target,
            failed=self.assign.refuse,
        )

    def _put(self, text: str) -> None:
        """The chosen photos to what was typed."""
        if self.sheet.taken:
            self.acts.assign(text, self.sheet.taken)

    def _dropped_on_item(self, code: str, dropped: tuple[str, ...]) -> None:
        self.acts.assign(code, dropped)

    def _was_put(self, chosen: tuple[str, ...]) -> None:
        self.assign.clear()
        self._go_on(chosen)

    def _go_on(self, chosen: tuple[str, ...]) -> None:
        """The next photo that is still loose becomes the one at hand."""
        pictures = self._album.pictures if self._album else ()
        order = [one.photo.sha256 for one in pictures]
        after = order.index(chosen[-1]) + 1 if chosen[-1] in order else 0
        turned = (*pictures[after:], *pictures[:after])
        following = next(
            (one.photo.sha256 for one in turned if not one.spots and one.photo.sha256 not in chosen), ""
        )
        if following:
            self.sheet.go_to(following)
        self.sheet.setFocus()

    def _take_back(self) -> None:
        self.acts.take_back(self.sheet.taken)

    def _acted(self, taken: bool) -> None:
        if taken:
            self.changed.emit()
        self.refresh()

    def _undo(self) -> None:
        self.acts.undo()

    # ── the clock of a phone

    def _pop_clock(self) -> None:
        picture = self._picture(self.sheet.here)
        if picture is not None and self._album is not None:
            same = album.same_phone(self._album.pictures, picture.photo)
            self.clock.pop(picture.photo, len(same))

    def _shift(self, seconds: int) -> None:
        picture = self._picture(self.sheet.here)
        if picture is None or self._album is None:
            return
        same = album.same_phone(self._album.pictures, picture.photo)
        self.acts.shift(same, seconds, before=picture.photo.shift_seconds)

    # ── photos come in

    def _came(self, taken: tuple[str, ...]) -> None:
        self._day = self.desk.now().date()
        self.refresh()
        self.changed.emit()

    def _paste(self) -> None:
        if not self._intake.paste():
            self.told.emit(Told(say("photos-nothing-to-paste"), icon="clipboard"))

    def _show_offered(self, offered: tuple[Path, ...]) -> None:
        self._offered = offered
        self.offer.setVisible(bool(offered))
        self.offer.say(say("album-offered", count=len(offered)))

    def _take_offered(self) -> None:
        self._intake.take_files(self._offered)
        self._show_offered(())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_photos(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._intake.take(event.mimeData()):
            event.acceptProposedAction()

    # ── room

    def _turn_right(self, which: object) -> None:
        self._which.choose(which)
        self._stack.setCurrentWidget(self.items if which == "items" else self.detail)

    def _toggle_large(self) -> None:
        self._alone = not self._alone
        self._turn_right("photo")
        self._fold()
        (self.detail.view if self._alone else self.sheet).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        space = theme.space(self.window().width(), self.window().height())
        self._left.setVisible(not self._alone)
        self._right.setVisible(self._alone or not space.drawer)
        self.folder.say(say("album-folder-short" if space.narrow else "album-folder"))


def _large(workspace: Workspace, photo: str) -> QImage:
    return QImage.fromData(photos.screen(workspace, photo))
