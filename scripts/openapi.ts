// Writes api/openapi.json from the declarations of the routes, and the problems in api/README.md: npm run openapi
import { readFileSync, writeFileSync } from 'node:fs';
import { describeApi, withProblems } from '../api/http/describe-api.js';

const readme = new URL('../../api/README.md', import.meta.url);
writeFileSync(new URL('../../api/openapi.json', import.meta.url), await describeApi());
writeFileSync(readme, withProblems(readFileSync(readme, 'utf8')));
