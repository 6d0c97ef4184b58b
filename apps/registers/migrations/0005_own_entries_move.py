from django.db import migrations


class Migration(migrations.Migration):
    """What companies keep in catalogs stands a layer lower now: lists that are no tables have it too."""

    dependencies = [("registers", "0004_own_entries")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("ownentry", "tables_ownentry")],
            state_operations=[migrations.DeleteModel("OwnEntry")],
        )
    ]
