CREATE TABLE "views" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"filter" text NOT NULL,
	"finding" text NOT NULL,
	"search" text NOT NULL,
	"sort" text NOT NULL,
	"down" boolean NOT NULL,
	"layout" text NOT NULL,
	"shared" boolean NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "views_user" ON "views" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "tasks_assignees" ON "tasks" USING gin ("assignees");--> statement-breakpoint
CREATE INDEX "tasks_words" ON "tasks" USING gin ((to_tsvector('simple', "title" || ' ' || left("description", 10000)) || jsonb_to_tsvector('simple', jsonb_path_query_array("labels", '$[*].name'), '["string"]')));