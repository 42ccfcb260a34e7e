import { loadEngine } from '../../policies/engine.js';
import { anonymousSubject } from '../../policies/subject.js';
import { CONTROLLERS } from '../controllers.js';
import { openapiDocument } from './openapi.js';
import { safeRoutes } from './routes.js';

/** The text of `api/openapi.json`: every controller's routes; the policy says which of them are open to anyone. */
export async function describeApi(): Promise<string> {
  const engine = await loadEngine();
  const anyone = anonymousSubject('openapi');
  const document = openapiDocument(safeRoutes(CONTROLLERS), (action) => engine.admit(action, anyone).allowed);
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
