-- What was announced: payload is what is there now, '' where nothing is any more; tombstone is the last payload with what was
-- taken away since, for a Home Assistant that was not there to hear it, '' where nothing was. Of what an older version has
-- announced only the topic is known.
ALTER TABLE announced ADD COLUMN payload TEXT NOT NULL DEFAULT '{}';

ALTER TABLE announced ADD COLUMN tombstone TEXT NOT NULL DEFAULT '';
