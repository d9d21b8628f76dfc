CREATE TABLE "raw_bundles" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"body" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "task_raw" ADD COLUMN "bundle" bigint;--> statement-breakpoint
ALTER TABLE "task_raw" ADD COLUMN "line" integer;--> statement-breakpoint
-- What was kept card by card becomes a bundle of one card each.
UPDATE "task_raw" SET "bundle" = nextval('raw_bundles_id_seq'), "line" = 0;--> statement-breakpoint
INSERT INTO "raw_bundles" ("id", "body") SELECT "bundle", "body" FROM "task_raw";--> statement-breakpoint
ALTER TABLE "task_raw" ALTER COLUMN "bundle" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "task_raw" ALTER COLUMN "line" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "task_raw_bundle" ON "task_raw" USING btree ("bundle");--> statement-breakpoint
ALTER TABLE "task_raw" DROP COLUMN "body";--> statement-breakpoint
-- The same test as before, column by column instead of through two JSON objects a row: what task_state() holds, but
-- for comment_count and entered_known.
CREATE OR REPLACE FUNCTION move_valid_from() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.project_id, OLD.column_id, OLD.category, OLD.open, OLD.presence, OLD.completed, OLD.completed_at,
      OLD.entered_column_at, OLD.assignees, OLD.labels, OLD.priority, OLD.start_at, OLD.due_at, OLD.due_is_date,
      OLD.description <> '', OLD.checklist_done, OLD.checklist_total, OLD.estimate_value, OLD.fields)
    IS DISTINCT FROM
     (NEW.project_id, NEW.column_id, NEW.category, NEW.open, NEW.presence, NEW.completed, NEW.completed_at,
      NEW.entered_column_at, NEW.assignees, NEW.labels, NEW.priority, NEW.start_at, NEW.due_at, NEW.due_is_date,
      NEW.description <> '', NEW.checklist_done, NEW.checklist_total, NEW.estimate_value, NEW.fields) THEN
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
-- What task_state() makes of a row, written out: it was called a row at a time. And the plan is made once a session, most
-- often for an update of one row: a nested loop, which takes a million steps when a thousand rows change at once.
CREATE OR REPLACE FUNCTION keep_task_versions() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop TO off AS $$
BEGIN
  INSERT INTO task_versions (task_id, valid_from, valid_to, state)
  SELECT o.id, o.valid_from, n.valid_from, jsonb_build_object(
    'project_id', o.project_id, 'column_id', o.column_id, 'category', o.category, 'open', o.open,
    'presence', o.presence, 'completed', o.completed, 'completed_at', o.completed_at,
    'entered_column_at', o.entered_column_at, 'entered_known', o.entered_known,
    'assignees', to_jsonb(o.assignees), 'labels', o.labels, 'priority', o.priority,
    'start_at', o.start_at, 'due_at', o.due_at, 'due_is_date', o.due_is_date,
    'described', o.description <> '', 'checklist_done', o.checklist_done, 'checklist_total', o.checklist_total,
    'estimate_value', o.estimate_value, 'fields', o.fields, 'comment_count', o.comment_count)
  FROM former o JOIN latter n USING (id)
  WHERE o.entered_column_at IS NOT NULL AND o.valid_from IS DISTINCT FROM n.valid_from;
  RETURN NULL;
END
$$;
--> statement-breakpoint
DROP FUNCTION task_state(tasks);
