"""Which screens there are, and where each begins in the navigation. A module is loaded when its screen is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen


@dataclass(frozen=True)
class Opening:
    """How a screen is made: `module:class`, which takes a Desk and a Place. `under` is the line of the navigation that
    it belongs to, its own if empty."""

    target: str
    under: str = ""

    def make(self, desk: Desk, place: Place) -> Screen:
        module, _, name = self.target.partition(":")
        factory: Callable[[Desk, Place], Screen] = getattr(import_module(module), name)
        return factory(desk, place)


OPENINGS: Final[dict[str, Opening]] = {
    "help": Opening("inspector.ui.help:HelpScreen"),
    "about": Opening("inspector.ui.about:AboutScreen"),
    "today": Opening("inspector.ui.today:TodayScreen"),
    "sites": Opening("inspector.ui.sites.screen:SitesScreen"),
    "site-new": Opening("inspector.ui.sites.new:NewSiteScreen"),
    "site-change": Opening("inspector.ui.sites.change:ChangeSiteScreen"),
    "inspect": Opening("inspector.ui.inspect.screen:InspectScreen"),
    "begin": Opening("inspector.ui.sites.begin:BeginScreen"),
    "sign": Opening("inspector.ui.sign.screen:SignScreen"),
    "evening": Opening("inspector.ui.sign.evening:EveningScreen"),
    "inspections": Opening("inspector.ui.visits:VisitsScreen"),
    "photos": Opening("inspector.ui.photos.screen:PhotosScreen"),
    "documents": Opening("inspector.ui.documents.screen:DocumentsScreen"),
    "notices": Opening("inspector.ui.notices.screen:NoticesScreen", under="documents"),
    "drafting": Opening("inspector.ui.notices.draft:DraftScreen", under="documents"),
    "deciding": Opening("inspector.ui.notices.decide:DecideScreen", under="documents"),
    "serving": Opening("inspector.ui.notices.serve:ServeScreen", under="documents"),
    "pressing": Opening("inspector.ui.notices.press:PressScreen", under="documents"),
    "numbers": Opening("inspector.ui.notices.numbers:NumbersScreen", under="documents"),
    "wordings": Opening("inspector.ui.notices.wordings:WordingsScreen", under="documents"),
    "findings": Opening("inspector.ui.findings.screen:FindingsScreen"),
    "reinspect": Opening("inspector.ui.reinspect.screen:ReinspectScreen"),
    "round": Opening("inspector.ui.reinspect.round:RoundScreen"),
    "slips": Opening("inspector.ui.reinspect.slips:SlipsScreen"),
    "handover": Opening("inspector.ui.reinspect.handover:HandoverScreen"),
    "register": Opening("inspector.ui.register.screen:RegisterScreen"),
    "day": Opening("inspector.ui.day:DayScreen"),
    "ranking": Opening("inspector.ui.ranking:RankingScreen"),
    "office": Opening("inspector.ui.office.screen:OfficeScreen"),
    "forms": Opening("inspector.ui.office.forms:FormsScreen"),
    "audit": Opening("inspector.ui.office.audit:AuditScreen"),
    "bulletin": Opening("inspector.ui.office.bulletin:BulletinScreen"),
    "people": Opening("inspector.ui.people:PeopleScreen"),
    "settings": Opening("inspector.ui.settings.screen:SettingsScreen"),
    "sync": Opening("inspector.ui.sync.screen:SyncScreen"),
    "counterpart-show": Opening("inspector.ui.sign.show:CounterpartShowScreen"),
}


@dataclass(frozen=True)
class Entry:
    """A line of the navigation: the screen, its icon, the catalogue's key of its word, its group."""

    screen: str
    icon: str
    word: str
    group: str = ""


ENTRIES: Final = (
    Entry("today", "sun", "nav-today"),
    Entry("sites", "map-pin", "nav-sites"),
    Entry("inspections", "clipboard-check", "nav-inspections"),
    Entry("findings", "flag", "nav-findings"),
    Entry("documents", "file-text", "nav-documents"),
    Entry("office", "layout-grid", "nav-office-desk", "office"),
    Entry("ranking", "chart-bar", "nav-ranking", "office"),
    Entry("forms", "list-check", "nav-forms", "office"),
    Entry("sync", "refresh", "nav-sync", "below"),
    Entry("people", "users", "nav-people", "below"),
    Entry("settings", "settings", "nav-settings", "below"),
    Entry("help", "help-circle", "nav-help", "below"),
)

ACTIONS: Final = (
    Entry("reinspect", "eye-check", "round-title"),
    Entry("register", "table-export", "register-title"),
)
"""What the palette offers besides the navigation."""
