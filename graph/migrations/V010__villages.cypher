// How far a generated village has been written is found by its name.

CREATE CONSTRAINT village_name IF NOT EXISTS
FOR (village:Village) REQUIRE village.name IS UNIQUE;
