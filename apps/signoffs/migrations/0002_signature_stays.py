from django.db import migrations

# A sample can be removed whole; what a person signed stays.
REFUSE = """
CREATE FUNCTION signoffs_signature_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT 1 FROM scope_baseline b JOIN projects_project p ON p.id = b.project_id
    WHERE b.id = OLD.baseline_id AND p.is_sample
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a signature is immutable' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER signature_stays BEFORE UPDATE OR DELETE ON signoffs_signature
  FOR EACH ROW EXECUTE FUNCTION signoffs_signature_stays();
"""
UNDO = """
DROP TRIGGER signature_stays ON signoffs_signature;
DROP FUNCTION signoffs_signature_stays();
"""


class Migration(migrations.Migration):
    """A signature is not rewritten: the table itself refuses."""

    dependencies = [("signoffs", "0001_initial"), ("scope", "0002_immutable")]

    operations = [migrations.RunSQL(REFUSE, UNDO)]
