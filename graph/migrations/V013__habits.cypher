// When, where and how fast athletes who look for company train: partners share a habit.
CREATE CONSTRAINT habit_key IF NOT EXISTS
FOR (habit:Habit) REQUIRE habit.habitKey IS UNIQUE;

// Of those who share a habit only those of one's own pace are looked at.
CREATE INDEX habitually_by_habit IF NOT EXISTS
FOR ()-[tie:HABITUALLY]-() ON (tie.habitKey, tie.speedMetersPerSecond);
