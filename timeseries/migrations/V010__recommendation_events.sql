-- What athletes were recommended and what came of it, so that two versions of a ranking can be compared.
CREATE TABLE recommendation_events (
  -- UTC. No finer: it is for counting, and nobody's hours are told.
  day DATE NOT NULL,
  -- File of the ranking below graph/queries/recommend/, without its ending.
  version TEXT NOT NULL,
  -- Pseudonyms of who was shown it, and of which athlete or club; the key of them is not in any database.
  athlete TEXT NOT NULL,
  item TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('shown', 'clicked', 'accepted', 'dismissed')),
  -- Ten times a day is once a day, and a batch that is written again changes nothing.
  PRIMARY KEY (athlete, item, version, kind, day)
);

SELECT create_hypertable('recommendation_events', by_range('day', INTERVAL '7 days'), create_default_indexes => false);

-- Whoever is forgotten is forgotten as somebody who was shown, too.
CREATE INDEX recommendation_events_by_item ON recommendation_events (item);

-- Longer than any comparison takes; the share of a version is changed within weeks.
SELECT add_retention_policy('recommendation_events', drop_after => INTERVAL '180 days');
