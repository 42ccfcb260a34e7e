import { TRACK_PROBLEMS, type TrackProblem } from '../../timeseries/tracks/unreadable-track.js';

/** One kind of problem: what it is called, how HTTP says it, and what the reader can do about it. */
export interface ProblemType {
  readonly title: string;
  readonly status: number;
  /** What to do now; one or two sentences for the developer of a client. */
  readonly hint: string;
}

/**
 * Every problem that the API can answer. The key is the end of its `type` (`/problems/<key>`), which never
 * changes once shipped, and a heading in `api/README.md`; a test holds both together.
 */
export const PROBLEM_TYPES = {
  // The request itself
  'bad-request': {
    title: 'The request could not be understood',
    status: 400,
    hint: 'Check the request line and the headers; the path must be valid percent-encoded UTF-8.',
  },
  'broken-json': {
    title: 'The body is not valid JSON',
    status: 400,
    hint: 'Send one JSON object in UTF-8 and check it with a JSON parser first.',
  },
  'bad-query': {
    title: 'The query of the URL does not fit',
    status: 400,
    hint: 'Look at `errors`; each parameter is given at most once and must be one that the route documents.',
  },
  'bad-header': {
    title: 'A header does not fit',
    status: 400,
    hint: 'Look at `header` for its name and at the detail for its form.',
  },
  'bad-cursor': {
    title: 'The cursor is not one of ours',
    status: 400,
    hint: 'Send `nextCursor` of the page before, unchanged and to the same route, or leave it out to start over.',
  },
  'bad-body': {
    title: 'The body does not fit',
    status: 422,
    hint: 'Look at `errors`: each has the path of a field and what is wrong with it. Unknown fields are refused.',
  },
  'unsupported-media-type': {
    title: 'The content type of the body is not supported here',
    status: 415,
    hint: 'Send `Content-Type: application/json`, or the type that the route documents.',
  },
  'too-large': {
    title: 'The body is too large',
    status: 413,
    hint: 'JSON bodies hold at most 1 MB; uploads at most 25 MB.',
  },
  'headers-too-large': {
    title: 'The headers are too large',
    status: 431,
    hint: 'All headers together hold at most 16 KB; cookies are not needed here.',
  },
  'request-timeout': {
    title: 'The request did not arrive in time',
    status: 408,
    hint: 'Send headers within a minute and everything within five; compress large recordings.',
  },
  'method-not-allowed': {
    title: 'The resource does not know this method',
    status: 405,
    hint: 'The `Allow` header lists the methods that it knows.',
  },
  // Who asks
  unauthenticated: {
    title: 'Log in first',
    status: 401,
    hint: 'Send `Authorization: Bearer <accessToken>`; refresh the session or log in again when it has expired.',
  },
  forbidden: {
    title: 'You may not do this',
    status: 403,
    hint: 'The owner decides who may; asking again will not change the answer.',
  },
  'account-suspended': {
    title: 'The account is suspended',
    status: 403,
    hint: 'Contact support; until then only the export of your own data is open.',
  },
  'not-found': {
    title: 'There is nothing here for you',
    status: 404,
    hint: 'Check the id; things that you may not see are answered as if they did not exist.',
  },
  // Accounts
  'email-taken': {
    title: 'There is an account with this address',
    status: 409,
    hint: 'Log in, or ask for a reset of the password.',
  },
  'wrong-credentials': {
    title: 'The address and the password do not belong together',
    status: 401,
    hint: 'Check both; whoever forgot the password can ask for a reset.',
  },
  'wrong-password': {
    title: 'This is not your password',
    status: 403,
    hint: 'Send the password that you log in with; your token is fine.',
  },
  'too-many-failures': {
    title: 'Too many failed log-ins',
    status: 429,
    hint: 'Wait as `Retry-After` says, or reset the password by mail, which works at once.',
  },
  'session-over': {
    title: 'The session is over',
    status: 401,
    hint: 'Log in again.',
  },
  'refresh-reused': {
    title: 'The refresh token was used before',
    status: 401,
    hint: 'Log in again. Keep only the newest refresh token, and let one request at a time use it.',
  },
  'scope-not-held': {
    title: 'The refresh token is not for this',
    status: 403,
    hint: 'Ask for some of `scopes`, or log in again: a refresh can only narrow.',
  },
  'link-over': {
    title: 'The link was used or is too old',
    status: 422,
    hint: 'Ask for a new mail; each link works once.',
  },
  // Athletes
  'heart-rates-cross': {
    title: 'The resting heart rate is not below the maximum',
    status: 422,
    hint: 'Send both together, the resting one lower.',
  },
  'too-many-follows': {
    title: 'One athlete follows no more than this',
    status: 409,
    hint: 'Unfollow somebody first; `limit` is how many there can be.',
  },
  'too-many-requests': {
    title: 'Too many requests to follow are unanswered',
    status: 409,
    hint: 'Wait for answers or take requests back; `limit` is how many there can be.',
  },
  'too-many-privacy-zones': {
    title: 'One athlete has no more privacy zones than this',
    status: 409,
    hint: 'Delete a zone first; `limit` is how many there can be.',
  },
  'ends-hidden-already': {
    title: 'Starts and ends are hidden already',
    status: 409,
    hint: 'Change the zone of kind `ends` that there is.',
  },
  'too-many-blocks': {
    title: 'One athlete blocks no more than this',
    status: 409,
    hint: 'Lift a block first; `limit` is how many there can be.',
  },
  'too-many-dismissals': {
    title: 'One athlete dismisses no more recommendations than this',
    status: 409,
    hint: 'Take some dismissals back first; `limit` is how many there can be.',
  },
  'too-many-mutes': {
    title: 'One athlete mutes no more than this',
    status: 409,
    hint: 'Lift a mute first; `limit` is how many there can be.',
  },
  // Clubs
  'too-many-clubs': {
    title: 'One athlete belongs to no more clubs than this',
    status: 409,
    hint: 'Leave a club first; `limit` is how many there can be.',
  },
  'too-many-club-requests': {
    title: 'Too many requests to join are unanswered',
    status: 409,
    hint: 'Take requests back, or wait until the club has answered others; `limit` is how many there can be.',
  },
  'too-many-invitations': {
    title: 'No more invitations than this are open',
    status: 409,
    hint: 'Take one back first; `limit` is how many there can be.',
  },
  'invitation-over': {
    title: 'The invitation opens nothing any more',
    status: 422,
    hint: 'It was used up, taken back or is too old; ask for another.',
  },
  'too-many-sub-clubs': {
    title: 'No more clubs than this are directly below one',
    status: 409,
    hint: 'Put the club below one of those that are there; `limit` is how many there can be.',
  },
  'club-has-parent': {
    title: 'The club stands below another one already',
    status: 409,
    hint: 'Take it out there first, with `DELETE /v1/clubs/{clubId}/parent`.',
  },
  'club-hierarchy-circle': {
    title: 'A club cannot stand below itself',
    status: 409,
    hint: 'The other club stands below this one, or is this one; choose another.',
  },
  'club-hierarchy-too-deep': {
    title: 'The hierarchy would be too deep',
    status: 409,
    hint: 'Put the club below one further up; `limit` is how many levels there can be.',
  },
  // Analysts
  'analyst-query-writes': {
    title: 'The query would change the graph',
    status: 422,
    hint: 'Nothing was run. Only queries that read can be asked here.',
  },
  'analyst-query-too-long': {
    title: 'The query took more than it may',
    status: 422,
    hint: "Ask for less: a shorter time, a smaller sample. On the analysts' own copy there is more room.",
  },
  // Concurrency and repetition
  'stale-version': {
    title: 'It has changed since you read it',
    status: 412,
    hint: 'Read it again, apply your change to what you find, and send the new `ETag` as `If-Match`.',
  },
  'idempotency-mismatch': {
    title: 'The idempotency key was used for another request',
    status: 422,
    hint: 'Make a new key for every new request; repeat a key only with the very same request.',
  },
  'idempotency-in-flight': {
    title: 'The same request is still being worked on',
    status: 409,
    hint: 'Wait as `Retry-After` says, then repeat it with the same key to get its answer.',
  },
  'idempotency-unavailable': {
    title: 'Idempotency keys cannot be kept at the moment',
    status: 503,
    hint: 'Nothing was done. Repeat the request later, or without the key if doing it twice is harmless.',
  },
  'rate-limited': {
    title: 'Too many requests',
    status: 429,
    hint: 'Wait as many seconds as `Retry-After` says; `RateLimit-Remaining` shows what is left.',
  },
  // Uploads
  'bad-form': {
    title: 'The form could not be read',
    status: 400,
    hint: 'Send multipart/form-data with a boundary, complete, with the recording in the part `file`.',
  },
  'upload-too-large': {
    title: 'The file is too large',
    status: 413,
    hint: 'Compress it with gzip, or export it as FIT, which is ten times smaller than GPX or TCX.',
  },
  'upload-format-unknown': {
    title: 'The name of the file does not tell its format',
    status: 415,
    hint: 'Name it .fit, .gpx or .tcx, each optionally with .gz behind.',
  },
  'upload-not-processed': {
    title: 'The file could not be processed',
    status: 500,
    hint: 'The file is kept and the fault is ours; upload it again later.',
  },
  ...trackProblems(),
  // Us
  internal: {
    title: 'Something went wrong on our side',
    status: 500,
    hint: 'Try again; if it stays, report it with the `requestId`.',
  },
  unavailable: {
    title: 'A part of the service is not reachable',
    status: 503,
    hint: 'Try again as `Retry-After` says.',
  },
  'audit-unavailable': {
    title: 'Access decisions cannot be recorded at the moment',
    status: 503,
    hint: 'Nothing was done or shown. Try again later; whoever runs the service: look at the disk of the journal.',
  },
  'not-ready': {
    title: 'The service is not ready',
    status: 503,
    hint: 'Look at `failing` for the stores that do not answer.',
  },
} as const satisfies Record<string, ProblemType>;

/** What can be wrong with a recording; the request that brought it was fine. */
function trackProblems(): Readonly<Record<TrackProblem, ProblemType>> {
  const entries = Object.entries(TRACK_PROBLEMS).map(([slug, { title, hint }]) => [
    slug,
    { title, status: 422, hint },
  ]);
  // Has exactly the keys of TRACK_PROBLEMS, whose type does not survive `Object.entries`.
  return Object.fromEntries(entries) as Record<TrackProblem, ProblemType>;
}

/** The last part of a problem's `type`. */
export type ProblemSlug = keyof typeof PROBLEM_TYPES;

/** Whether a text names a problem of the catalogue. */
export function isProblemSlug(text: string): text is ProblemSlug {
  return Object.hasOwn(PROBLEM_TYPES, text);
}
