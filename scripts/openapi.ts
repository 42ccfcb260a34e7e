// Writes api/openapi.json from the declarations of the routes: npm run openapi
import { writeFileSync } from 'node:fs';
import { describeApi } from '../api/http/describe-api.js';

const target = new URL('../../api/openapi.json', import.meta.url);
writeFileSync(target, await describeApi());
