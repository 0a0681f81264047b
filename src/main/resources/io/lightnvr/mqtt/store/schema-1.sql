-- Times are epoch milliseconds, seconds epoch seconds on the recorder's clock.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

INSERT INTO meta VALUES ('store_id', lower(hex(randomblob(16))));

-- Streams by their raw names. sequence: the last one that was given; position: how far it was read, in the source's
-- words; state: what it showed.
CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sequence INTEGER NOT NULL,
    position TEXT,
    state TEXT
);

-- The recorder's rows that were seen in the last 24 hours, those of 64 seconds together: of each row its second and a hash
-- of its content, 8 bytes each.
CREATE TABLE seen (
    stream INTEGER NOT NULL REFERENCES stream (id),
    begins INTEGER NOT NULL,
    rows BLOB NOT NULL,
    PRIMARY KEY (stream, begins)
) WITHOUT ROWID;

-- Events that the broker has not acknowledged yet.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES stream (id),
    second INTEGER NOT NULL,
    sendable_since INTEGER NOT NULL,
    added INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    documented BLOB NOT NULL,
    enriched BLOB NOT NULL
);

-- Those of them that have their sequence.
CREATE TABLE sending (event INTEGER PRIMARY KEY, sequence INTEGER NOT NULL);

-- Discovery topics on which a broker may keep something of ours.
CREATE TABLE announced (id INTEGER PRIMARY KEY, topic TEXT NOT NULL UNIQUE);
