"""The days of the sample, counted from the day it is loaded."""

from dataclasses import dataclass
from datetime import date, timedelta

FRIDAY = 4
PEAK = (2, 3, 4)


@dataclass(frozen=True)
class Days:
    today: date

    @property
    def workshop(self) -> date:
        """Ten days ago, on a working day."""
        day = self.today - timedelta(days=10)
        return day - timedelta(days=max(0, day.weekday() - FRIDAY))

    @property
    def review(self) -> date:
        """The first Friday that leaves people four days to read."""
        day = self.today + timedelta(days=4)
        return day + timedelta(days=(FRIDAY - day.weekday()) % 7)

    @property
    def signing(self) -> date:
        return self.review + timedelta(days=7)

    @property
    def budget(self) -> date:
        """When the budget is decided: after the signing, so that everybody knows what for."""
        return self.signing + timedelta(days=11)

    @property
    def ticket_access(self) -> date:
        return self.signing + timedelta(days=37)

    @property
    def pilot(self) -> date:
        """Eight weeks after there is access, and never in the spring peak."""
        day = self.ticket_access + timedelta(days=56)
        return date(day.year, 5, 4) if day.month in PEAK else day

    @property
    def target(self) -> date:
        """The end of the third quarter that leaves at least eight months."""
        year = self.today.year + (1 if self.today.month > 1 else 0)
        return date(year, 9, 30)

    @property
    def words(self) -> dict[str, str]:
        """The days as the texts name them."""
        named = {name: getattr(self, name) for name in ("review", "signing", "budget", "ticket_access", "target")}
        return {name: f"{day:%-d %B %Y}" for name, day in named.items()}
