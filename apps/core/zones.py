"""Time zones as people look for them: by a city that they know, not by the city that the zone is named after."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _

# Large cities, and names by which people call them, that no zone is named after.
CITIES = {
    "Asia/Kolkata": ("Ahmedabad", "Bangalore", "Bengaluru", "Bombay", "Chennai", "Delhi", "Gurgaon", "Hyderabad", "India", "Mumbai", "New Delhi", "Noida", "Pune"),
    "Asia/Shanghai": ("Beijing", "Chengdu", "Guangzhou", "Hangzhou", "Shenzhen"),
    "Asia/Tokyo": ("Japan", "Nagoya", "Osaka"),
    "Asia/Karachi": ("Islamabad", "Lahore"),
    "Asia/Dubai": ("Abu Dhabi",),
    "Asia/Jerusalem": ("Haifa", "Tel Aviv"),
    "Asia/Ho_Chi_Minh": ("Hanoi",),
    "Asia/Manila": ("Cebu",),
    "Australia/Sydney": ("Canberra",),
    "Europe/Amsterdam": ("Eindhoven", "Rotterdam", "The Hague", "Utrecht"),
    "Europe/Berlin": ("Cologne", "Düsseldorf", "Frankfurt", "Hamburg", "Leipzig", "Munich", "Stuttgart"),
    "Europe/Kyiv": ("Lviv", "Odesa"),
    "Europe/Lisbon": ("Porto",),
    "Europe/London": ("Birmingham", "Edinburgh", "Glasgow", "Leeds", "Manchester"),
    "Europe/Madrid": ("Barcelona", "Bilbao", "Valencia"),
    "Europe/Paris": ("Lyon", "Marseille", "Toulouse"),
    "Europe/Rome": ("Milan", "Naples", "Turin"),
    "Europe/Stockholm": ("Gothenburg", "Göteborg", "Luleå", "Malmö", "Uppsala"),
    "Europe/Warsaw": ("Gdańsk", "Kraków", "Łódź", "Poznań", "Wrocław"),
    "Europe/Zurich": ("Basel", "Bern", "Geneva", "Lausanne"),
    "Africa/Johannesburg": ("Cape Town", "Durban", "Pretoria"),
    "Africa/Lagos": ("Abuja",),
    "Africa/Casablanca": ("Marrakesh", "Rabat"),
    "America/Sao_Paulo": ("Belo Horizonte", "Brasília", "Curitiba", "Florianópolis", "Porto Alegre", "Rio de Janeiro", "São Paulo"),
    "America/Mexico_City": ("Guadalajara",),
    "America/Toronto": ("Ottawa", "Québec"),
    "America/Edmonton": ("Calgary",),
    "America/New_York": ("Atlanta", "Boston", "Miami", "Philadelphia", "Washington"),
    "America/Chicago": ("Austin", "Dallas", "Houston", "Minneapolis", "St. Louis"),
    "America/Los_Angeles": ("Palo Alto", "Portland", "San Diego", "San Francisco", "San Jose", "Seattle"),
}  # fmt: skip
_BY_CITY = {city.casefold(): zone for zone, cities in CITIES.items() for city in cities}


def find(words: str) -> str | None:
    """The zone that is meant by its name, or by a city in it: `Asia/Kolkata`, `Kolkata`, `Bengaluru (UTC+5:30)`."""
    wanted = words.partition("(")[0].strip().casefold()
    if city := _BY_CITY.get(wanted):
        return city
    plain = wanted.replace(" ", "_")
    zones = sorted(available_timezones(), key=lambda zone: (zone.count("/"), zone))
    exact = next((zone for zone in zones if zone.casefold() == plain), None)
    return exact or next((zone for zone in zones if plain and zone.casefold().endswith(f"/{plain}")), None)


def offered() -> list[tuple[str, str]]:
    """What to offer while somebody types: a city or a zone, and the zone that it stands for."""
    cities = [(city, zone) for zone, found in CITIES.items() for city in found]
    return sorted(cities) + [(zone, "") for zone in sorted(available_timezones())]


class ZoneField(forms.CharField):
    """A time zone by any name that `find` knows."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=64, **more)
        self.widget.attrs |= {"list": "zones", "autocomplete": "off"}

    def clean(self, value: Any) -> str:
        words = super().clean(value)
        found = find(words) if words else ""
        if found is None:
            raise forms.ValidationError(
                _("“%(raw)s” is not a place whose time is known here. Write a large city near it, or Europe/Stockholm.")
                % {"raw": words}
            )
        return found
