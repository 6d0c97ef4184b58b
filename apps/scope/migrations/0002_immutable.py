from django.db import migrations

# A sample can be removed whole; what a team froze stays.
REFUSE = """
CREATE FUNCTION scope_baseline_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM projects_project WHERE id = OLD.project_id AND is_sample) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a baseline is immutable' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER baseline_stays BEFORE UPDATE OR DELETE ON scope_baseline
  FOR EACH ROW EXECUTE FUNCTION scope_baseline_stays();
"""
UNDO = """
DROP TRIGGER baseline_stays ON scope_baseline;
DROP FUNCTION scope_baseline_stays();
"""


class Migration(migrations.Migration):
    """A frozen scope is not rewritten: the table itself refuses."""

    dependencies = [("scope", "0001_initial"), ("projects", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, UNDO)]
