from importlib import import_module

from django.apps import apps
from django.db import connection

from tests.factories.dprd import SectionFactory


def test_sections_that_are_ready_do_not_stand_in_the_way_of_new_indexes(project):
    SectionFactory(project=project, state="ready")

    with connection.schema_editor(atomic=False) as editor:
        import_module("apps.dprd.migrations.0002_reading_and_suggesting").count_from_here(apps, editor)
        editor.execute("CREATE INDEX anything ON dprd_section (state)")
