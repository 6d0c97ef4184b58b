from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE ON events_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_stay BEFORE TRUNCATE ON events_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
UNDO = """
DROP TRIGGER event_stays ON events_event;
DROP TRIGGER events_stay ON events_event;
DROP FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    """History is not rewritten: the table itself refuses. `refuse_change()` serves other tables too."""

    dependencies = [("events", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, UNDO)]
