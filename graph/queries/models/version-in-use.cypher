// Which version of the nightly model of athletes is in use.
// in:
// out: modelVersion INTEGER (0 before the first)
// plan: one node, found by its name
OPTIONAL MATCH (model:Model {name: 'athletes'})
RETURN coalesce(model.version, 0) AS modelVersion
