CREATE TABLE "hooks" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"scope_id" text,
	"tool" text NOT NULL,
	"scope" jsonb NOT NULL,
	"address_hash" text NOT NULL,
	"url" "bytea" NOT NULL,
	"secret" "bytea" NOT NULL,
	"subscriptions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" text DEFAULT 'registering' NOT NULL,
	"reason" text,
	"checked_at" timestamp(3) with time zone,
	"delivered_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hooks_addressHash_unique" UNIQUE("address_hash")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"hook_id" text NOT NULL,
	"key" text NOT NULL,
	"body" "bytea",
	"hints" jsonb NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"received_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "mention" text;--> statement-breakpoint
ALTER TABLE "hooks" ADD CONSTRAINT "hooks_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hooks" ADD CONSTRAINT "hooks_scope_id_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scopes"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox" ADD CONSTRAINT "inbox_hook_id_hooks_id_fk" FOREIGN KEY ("hook_id") REFERENCES "public"."hooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "hooks_scope" ON "hooks" USING btree ("scope_id") WHERE "hooks"."scope_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_key" ON "inbox" USING btree ("hook_id","key");--> statement-breakpoint
CREATE INDEX "inbox_due" ON "inbox" USING btree ("due_at") WHERE "inbox"."state" = 'due';--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("received_at");