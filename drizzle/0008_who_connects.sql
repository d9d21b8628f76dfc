ALTER TABLE "oauth_attempts" ADD COLUMN "user_id" text;--> statement-breakpoint
ALTER TABLE "oauth_attempts" ADD COLUMN "who" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "oauth_attempts" ADD COLUMN "via" text DEFAULT 'command line' NOT NULL;--> statement-breakpoint
ALTER TABLE "oauth_attempts" ADD COLUMN "page" text;