-- The sequence that an event had when it was added, 0 if it had none: most have one by then, and one page less is written. That
-- of the others is in sending.
ALTER TABLE outbox ADD COLUMN sent_as INTEGER NOT NULL DEFAULT 0;
