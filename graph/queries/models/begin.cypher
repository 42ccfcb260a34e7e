// Begins a run of the nightly model of athletes: its version is above that of each run before, finished or not.
// in:
// out: modelVersion INTEGER
// plan: Eager of one row
MERGE (model:Model {name: 'athletes'})
SET model.attempts = coalesce(model.attempts, 0) + 1
RETURN model.attempts AS modelVersion
