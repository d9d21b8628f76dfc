CREATE TABLE "timetable" (
	"errand" text PRIMARY KEY NOT NULL,
	"every_seconds" integer NOT NULL,
	"due_at" timestamp(3) with time zone NOT NULL,
	"taken_until" timestamp(3) with time zone,
	"done_at" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "connection_projects" ADD COLUMN "lost_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "skew_ms" integer;--> statement-breakpoint
ALTER TABLE "hooks" ADD COLUMN "missed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "hooks" ADD COLUMN "silent_since" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "notes" ADD COLUMN "connection_id" text;--> statement-breakpoint
ALTER TABLE "notes" ADD COLUMN "changes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "notes" ADD COLUMN "changes_since" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "looked_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "lost_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "scopes" ADD COLUMN "quiet_looks" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
UPDATE "projects" SET "looked_at" = "read_at";--> statement-breakpoint
DELETE FROM "settings" WHERE "key" IN ('judged_at', 'hooks_kept_at');