-- When a settled task's rule-relevant state changes, its former state goes to task_versions, one statement for all rows
-- that one statement changed. A task is settled once its history has been read (entered_column_at is set), so a first
-- sync writes nothing here.
CREATE FUNCTION task_state(t tasks) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'project_id', t.project_id, 'column_id', t.column_id, 'category', t.category, 'open', t.open,
    'presence', t.presence, 'completed', t.completed, 'completed_at', t.completed_at,
    'entered_column_at', t.entered_column_at, 'entered_known', t.entered_known,
    'assignees', to_jsonb(t.assignees), 'labels', t.labels, 'priority', t.priority,
    'start_at', t.start_at, 'due_at', t.due_at, 'due_is_date', t.due_is_date,
    'described', t.description <> '', 'checklist_done', t.checklist_done, 'checklist_total', t.checklist_total,
    'estimate_value', t.estimate_value, 'fields', t.fields, 'comment_count', t.comment_count)
$$;
--> statement-breakpoint
CREATE FUNCTION keep_task_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO task_versions (task_id, valid_from, valid_to, state)
  SELECT o.id, o.valid_from, n.valid_from, task_state(o)
  FROM former o JOIN latter n USING (id)
  WHERE o.entered_column_at IS NOT NULL AND o.valid_from IS DISTINCT FROM n.valid_from;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER tasks_keep_versions AFTER UPDATE ON tasks
  REFERENCING OLD TABLE AS former NEW TABLE AS latter
  FOR EACH STATEMENT EXECUTE FUNCTION keep_task_versions();
--> statement-breakpoint
-- valid_from moves exactly when the rule-relevant state does: to the tool's clock of the change, never backwards. What
-- the hub works out of changed facts belongs to that change: a task whose facts were stored and not yet settled has no
-- entered_known, and settling it opens no version of its own.
CREATE FUNCTION move_valid_from() RETURNS trigger LANGUAGE plpgsql AS $$
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
--> statement-breakpoint
CREATE TRIGGER tasks_move_valid_from BEFORE UPDATE ON tasks
  FOR EACH ROW EXECUTE FUNCTION move_valid_from();
