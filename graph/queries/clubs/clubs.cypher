// Clubs as a viewer may come to see them, in the given order, and what decides it. A club is never more open than the
// clubs above it, until the viewer has passed their doors; whoever leads a club leads those below it; whoever belongs
// to a club counts as a member of those above it; and a ban holds below.
// in:  clubIds LIST<STRING>, viewerId STRING? (null for somebody without an account)
// out: clubId STRING, name STRING, description STRING?, sport STRING?, place STRING?, visibility STRING,
//      createdAt DATETIME, version INTEGER, memberCount INTEGER, parent MAP? {clubId STRING, name STRING},
//      clubVisibility STRING (public | closed | secret: of the club, or of a club above it whose door the viewer has
//      not passed), clubRole STRING (none | pending | member | moderator | admin | owner | banned: what the viewer
//      counts as), isMember BOOLEAN (of this very club)
// plan: CartesianProduct of aggregates, one row each
CALL () {
  OPTIONAL MATCH (:Athlete {athleteId: $viewerId})-[ban:BANNED_FROM]->(:Club)
  RETURN collect(ban.clubId) AS bannedFrom
}
CALL () {
  OPTIONAL MATCH (:Athlete {athleteId: $viewerId})-[membership:MEMBER_OF]->(:Club)
  RETURN
    collect(membership.clubId) AS memberOf,
    collect(CASE WHEN membership.role IN ['owner', 'admin'] THEN membership.clubId END) AS leads,
    collect(CASE membership.role WHEN 'owner' THEN membership.clubId END) AS owns,
    collect(CASE membership.role WHEN 'moderator' THEN membership.clubId END) AS moderates
}
CALL (bannedFrom) {
  OPTIONAL MATCH (:Athlete {athleteId: $viewerId})-[:MEMBER_OF]->(:Club)-[:PART_OF*0..5]->(above:Club)
  WHERE NOT above.clubId IN bannedFrom
  RETURN collect(DISTINCT above.clubId) AS countsIn
}
UNWIND range(0, size($clubIds) - 1) AS position
MATCH (club:Club {clubId: $clubIds[position]})
WHERE club.closedAt IS NULL
MATCH path = (club)-[:PART_OF*0..5]->(top:Club)
WHERE NOT EXISTS { (top)-[:PART_OF]->() }
WITH
  position, club, bannedFrom, memberOf, leads, owns, moderates, countsIn,
  nodes(path)[1] AS parent,
  tail(nodes(path)) AS above,
  [each IN nodes(path) | each.clubId] AS chain
WITH
  *,
  [club.visibility] + [each IN above WHERE NOT each.clubId IN countsIn | each.visibility] AS doors
RETURN
  club.clubId AS clubId,
  club.name AS name,
  club.description AS description,
  club.sport AS sport,
  club.place AS place,
  club.visibility AS visibility,
  club.createdAt AS createdAt,
  club.version AS version,
  COUNT { (club)<-[:MEMBER_OF]-() } AS memberCount,
  parent {.clubId, .name} AS parent,
  CASE
    WHEN 'secret' IN doors THEN 'secret'
    WHEN 'closed' IN doors THEN 'closed'
    ELSE 'public'
  END AS clubVisibility,
  CASE
    WHEN club.clubId IN owns THEN 'owner'
    WHEN any(each IN chain WHERE each IN bannedFrom) THEN 'banned'
    WHEN any(each IN chain WHERE each IN leads) THEN 'admin'
    WHEN club.clubId IN moderates THEN 'moderator'
    WHEN club.clubId IN countsIn THEN 'member'
    WHEN EXISTS { (:Athlete {athleteId: $viewerId})-[:ASKS_TO_JOIN]->(club) } THEN 'pending'
    ELSE 'none'
  END AS clubRole,
  club.clubId IN memberOf AS isMember
ORDER BY position
