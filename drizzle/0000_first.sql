CREATE TABLE "calendars" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"zone" text NOT NULL,
	"working_days" integer[] NOT NULL,
	"starts_at" text NOT NULL,
	"ends_at" text NOT NULL,
	"holidays" date[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "columns" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"position" double precision NOT NULL,
	"archived" boolean NOT NULL,
	"category" text NOT NULL,
	"category_source" text NOT NULL,
	"category_reason" jsonb
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" text PRIMARY KEY NOT NULL,
	"task_id" text NOT NULL,
	"author" text,
	"at" timestamp(3) with time zone NOT NULL,
	"edited_at" timestamp(3) with time zone,
	"text" text NOT NULL,
	"ours" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connection_projects" (
	"connection_id" text NOT NULL,
	"project_id" text NOT NULL,
	"seen_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_projects_connection_id_project_id_pk" PRIMARY KEY("connection_id","project_id")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text PRIMARY KEY NOT NULL,
	"tool" text NOT NULL,
	"account" text NOT NULL,
	"account_name" text NOT NULL,
	"account_username" text,
	"credentials" "bytea" NOT NULL,
	"base_url" text,
	"state" text DEFAULT 'active' NOT NULL,
	"state_reason" text,
	"state_since" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contributions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"key_result_id" text NOT NULL,
	"task_id" text NOT NULL,
	"amount" double precision NOT NULL,
	"kind" text NOT NULL,
	"reason" text,
	"effective_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"rule" text NOT NULL,
	"task_id" text NOT NULL,
	"project_id" text NOT NULL,
	"column_id" text,
	"since" timestamp(3) with time zone NOT NULL,
	"evidence" jsonb NOT NULL,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"closed_at" timestamp(3) with time zone,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"id" text PRIMARY KEY NOT NULL,
	"tool" text NOT NULL,
	"name" text NOT NULL,
	"username" text,
	"avatar_url" text,
	"person_id" text
);
--> statement-breakpoint
CREATE TABLE "key_results" (
	"id" text PRIMARY KEY NOT NULL,
	"objective_id" text NOT NULL,
	"title" text NOT NULL,
	"unit" text NOT NULL,
	"direction" text NOT NULL,
	"start" double precision NOT NULL,
	"target" double precision NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"zone" text NOT NULL,
	"filter" jsonb NOT NULL,
	"measure" jsonb NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"task_id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"token" text NOT NULL,
	"wanted" jsonb,
	"basis" text,
	"state" text NOT NULL,
	"episode" integer DEFAULT 1 NOT NULL,
	"cleared_at" timestamp(3) with time zone,
	"comment_id" text,
	"posted_episode" integer,
	"posted" jsonb,
	"posted_at" timestamp(3) with time zone,
	"former" text[] DEFAULT '{}' NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notes_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "objectives" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"key" text NOT NULL,
	"ref" text NOT NULL,
	"payload" jsonb,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"unclear" boolean DEFAULT false NOT NULL,
	"due_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"owner" text,
	"fence" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp(3) with time zone,
	"outcome" jsonb,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp(3) with time zone,
	CONSTRAINT "outbox_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"time_zone" text NOT NULL,
	"language" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"tool" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"archived" boolean NOT NULL,
	"audience" text NOT NULL,
	"members" text[],
	"chosen" boolean DEFAULT false NOT NULL,
	"alerts" boolean DEFAULT false NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"calendar_id" text DEFAULT 'default' NOT NULL,
	"history_from" timestamp(3) with time zone,
	"read_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"task_id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"title" text,
	"path" text NOT NULL,
	"reason" text NOT NULL,
	"hash" text NOT NULL,
	"body" "bytea" NOT NULL,
	"since" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_subscriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"report" text NOT NULL,
	"projects" text[],
	"weekday" integer NOT NULL,
	"time" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scopes" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"projects" text[] NOT NULL,
	"mark" jsonb,
	"mark_at" timestamp(3) with time zone,
	"swept_at" timestamp(3) with time zone,
	"next_look_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_pages" (
	"run_id" integer NOT NULL,
	"page" integer NOT NULL,
	"seen" text[] NOT NULL,
	CONSTRAINT "sync_pages_run_id_page_pk" PRIMARY KEY("run_id","page")
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"scope_id" text NOT NULL,
	"mode" text NOT NULL,
	"state" text NOT NULL,
	"owner" text NOT NULL,
	"lease_until" timestamp(3) with time zone NOT NULL,
	"mark" jsonb,
	"cursor" jsonb,
	"new_mark" jsonb,
	"tool_started_at" timestamp(3) with time zone,
	"pages" integer DEFAULT 0 NOT NULL,
	"fetched" integer DEFAULT 0 NOT NULL,
	"stored" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"quarantined" integer DEFAULT 0 NOT NULL,
	"events" integer DEFAULT 0 NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"expect" integer,
	"settle_all" boolean DEFAULT false NOT NULL,
	"error" jsonb,
	"started_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "task_events" (
	"id" text PRIMARY KEY NOT NULL,
	"task_id" text NOT NULL,
	"project_id" text NOT NULL,
	"type" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"actor" text,
	"from_id" text,
	"to_id" text,
	"source" text NOT NULL,
	"not_before" timestamp(3) with time zone,
	"run_id" integer,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task_raw" (
	"task_id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"body" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task_versions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"task_id" text NOT NULL,
	"valid_from" timestamp(3) with time zone NOT NULL,
	"valid_to" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"tool" text NOT NULL,
	"project_id" text NOT NULL,
	"column_id" text,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"description_cut" boolean NOT NULL,
	"url" text NOT NULL,
	"assignees" text[] NOT NULL,
	"creator" text,
	"labels" jsonb NOT NULL,
	"priority" text NOT NULL,
	"raw_priority" text,
	"start_at" timestamp(3) with time zone,
	"due_at" timestamp(3) with time zone,
	"due_is_date" boolean NOT NULL,
	"completed" boolean NOT NULL,
	"tool_completed_at" timestamp(3) with time zone,
	"tool_entered_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL,
	"parent_id" text,
	"checklist_done" integer NOT NULL,
	"checklist_total" integer NOT NULL,
	"estimate_value" double precision,
	"estimate_unit" text,
	"comment_count" integer NOT NULL,
	"fields" jsonb NOT NULL,
	"presence" text NOT NULL,
	"hash" text NOT NULL,
	"run_id" integer,
	"stored_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"category" text NOT NULL,
	"open" boolean NOT NULL,
	"entered_column_at" timestamp(3) with time zone,
	"entered_known" text,
	"completed_at" timestamp(3) with time zone,
	"completed_known" text,
	"last_human_activity_at" timestamp(3) with time zone,
	"valid_from" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "columns" ADD CONSTRAINT "columns_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_projects" ADD CONSTRAINT "connection_projects_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_projects" ADD CONSTRAINT "connection_projects_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contributions" ADD CONSTRAINT "contributions_key_result_id_key_results_id_fk" FOREIGN KEY ("key_result_id") REFERENCES "public"."key_results"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_results" ADD CONSTRAINT "key_results_objective_id_objectives_id_fk" FOREIGN KEY ("objective_id") REFERENCES "public"."objectives"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_subscriptions" ADD CONSTRAINT "report_subscriptions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scopes" ADD CONSTRAINT "scopes_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_scope_id_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scopes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "columns_project" ON "columns" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "comments_task" ON "comments" USING btree ("task_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_account" ON "connections" USING btree ("tool","account",coalesce("base_url", ''));--> statement-breakpoint
CREATE INDEX "contributions_key_result" ON "contributions" USING btree ("key_result_id","task_id");--> statement-breakpoint
CREATE UNIQUE INDEX "findings_open" ON "findings" USING btree ("rule","task_id") WHERE "findings"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "findings_task" ON "findings" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("due_at") WHERE "outbox"."state" in ('due', 'sending');--> statement-breakpoint
CREATE UNIQUE INDEX "report_subscriptions_person" ON "report_subscriptions" USING btree ("person_id","report");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_active" ON "sync_runs" USING btree ("scope_id") WHERE "sync_runs"."state" = 'running';--> statement-breakpoint
CREATE INDEX "sync_runs_scope" ON "sync_runs" USING btree ("scope_id","id");--> statement-breakpoint
CREATE INDEX "task_events_task" ON "task_events" USING btree ("task_id","at");--> statement-breakpoint
CREATE INDEX "task_events_run" ON "task_events" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "task_events_observed" ON "task_events" USING btree ("task_id","type") WHERE "task_events"."source" = 'observed';--> statement-breakpoint
CREATE INDEX "task_versions_task" ON "task_versions" USING btree ("task_id","valid_from");--> statement-breakpoint
CREATE INDEX "tasks_project" ON "tasks" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "tasks_column" ON "tasks" USING btree ("column_id");--> statement-breakpoint
CREATE INDEX "tasks_run" ON "tasks" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("category","entered_column_at") WHERE "tasks"."open";--> statement-breakpoint
CREATE INDEX "tasks_due" ON "tasks" USING btree ("due_at") WHERE "tasks"."open" and "tasks"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "tasks_completed" ON "tasks" USING btree ("completed_at") WHERE "tasks"."completed_at" is not null;