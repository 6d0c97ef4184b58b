"""Every page has one permanent address."""

from importlib.util import find_spec

from django.urls import include, path

APPS = [
    "core",
    "accounts",
    "notifications",
    "overview",
    "projects",
    "starts",
    "comments",
    "stakeholders",
    "dprd",
    "risks",
    "registers",
    "architecture",
    "assessments",
    "workshops",
    "tracing",
    "scope",
    "reviews",
    "signoffs",
    "results",
    "exports",
    "search",
]

urlpatterns = [
    *[
        path("", include(f"apps.{app}.urls"))
        for app in APPS
        if find_spec(f"apps.{app}") and find_spec(f"apps.{app}.urls")
    ],
    path("accounts/", include("allauth.account.urls")),
]
