-- What is told of visits goes through the outbox, too. visit: 0 for a detection event, 1 for a report, 2 for an event of Home
-- Assistant. The payload of the two is in documented, and they have no sequence.
ALTER TABLE outbox ADD COLUMN visit INTEGER NOT NULL DEFAULT 0;

-- The open visit of a stream, and what stands still there.
ALTER TABLE stream ADD COLUMN visits BLOB;
