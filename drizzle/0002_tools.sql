CREATE TABLE "oauth_attempts" (
	"state" text PRIMARY KEY NOT NULL,
	"tool" text NOT NULL,
	"verifier" "bytea" NOT NULL,
	"redirect_url" text NOT NULL,
	"base_url" text,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tasks" ALTER COLUMN "comment_count" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "credentials_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "renewing_until" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "person_source" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "options" jsonb DEFAULT '{}'::jsonb NOT NULL;