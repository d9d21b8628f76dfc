-- valid_from moves exactly when the rule-relevant state does: to the tool's clock of the change, never backwards. What
-- the hub works out of changed facts belongs to that change: a task whose facts were stored and not yet settled has no
-- entered_known, and settling it opens no version of its own.
CREATE OR REPLACE FUNCTION move_valid_from() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF task_state(OLD) - 'comment_count' - 'entered_known' IS DISTINCT FROM task_state(NEW) - 'comment_count' - 'entered_known' THEN
    IF OLD.entered_known IS NOT NULL THEN
      NEW.valid_from := GREATEST(OLD.valid_from + interval '1 millisecond',
        CASE WHEN NEW.updated_at > OLD.updated_at THEN NEW.updated_at ELSE now() END);
    END IF;
  ELSE
    NEW.valid_from := OLD.valid_from;
  END IF;
  RETURN NEW;
END
$$;
