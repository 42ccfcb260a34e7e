// Puts a version into use, all at once, unless a run that began later has taken its place.
// in:  modelVersion INTEGER, now DATETIME
// out: modelVersion INTEGER, no row when there is a later run
MATCH (model:Model {name: 'athletes'})
WHERE model.attempts = $modelVersion
SET model.version = $modelVersion, model.builtAt = $now
RETURN model.version AS modelVersion
