import apps.core.ids
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table was made for registers and is theirs no longer, see registers 0005."""

    initial = True

    dependencies = [
        ("registers", "0005_own_entries_move"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="OwnEntry",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=apps.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("register", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=300)),
                        ("values", models.JSONField(default=dict)),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": [django.db.models.functions.text.Lower("name")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("register"),
                                django.db.models.functions.text.Lower("name"),
                                name="one_own_entry_per_name",
                            )
                        ],
                    },
                ),
            ],
        )
    ]
