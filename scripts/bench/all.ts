import { bench as audit } from './audit.js';
import { bench as decide } from './decide.js';
import { bench as decideAdded } from './decide-added.js';
import { bench as feed } from './feed.js';
import { bench as graph } from './graph.js';
import { bench as ingest } from './ingest.js';
import type { Bench } from './line.js';
import { bench as streams } from './streams.js';
import { bench as uploadMemory } from './upload-memory.js';

/** Every bench by the name that `npm run bench -- NAME` takes. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  audit,
  decide,
  'decide-added': decideAdded,
  feed,
  graph,
  ingest,
  streams,
  'upload-memory': uploadMemory,
};
