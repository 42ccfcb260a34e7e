import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

// Who may import whom: the table of the design, held against every import of the product.

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Rule {
  readonly from: RegExp;
  /** A module of ours (`graph/session`) or a package (`pg`, `node:fs`) that may be imported. */
  readonly may: RegExp;
}

const POLICY_TYPES = 'policies/(sealed|access|keys|actions)$';
const PURE_NODE = 'node:(zlib|stream|stream/promises|buffer|util|crypto)';

// The first rule that matches a file is the one that holds for it.
const RULES: readonly Rule[] = [
  { from: /^policies\//, may: /^(policies\/|node:|uuid$|@opa\/wasm$)/ },
  { from: /^graph\/session$/, may: /^(neo4j-driver$|node:|graph\/|policies\/)/ },
  { from: /^graph\//, may: new RegExp(`^(graph/|node:|uuid$|${POLICY_TYPES})`) },
  {
    from: /^timeseries\/(tracks|analytics)\//,
    may: new RegExp(`^(timeseries/(tracks|analytics)/|${PURE_NODE}$|@garmin/fitsdk$|saxes$)`),
  },
  { from: /^timeseries\/(pool|migrate)$/, may: /^(timeseries\/|node:|pg$|pg-copy-streams$|pino$)/ },
  { from: /^timeseries\//, may: new RegExp(`^(timeseries/|node:|${POLICY_TYPES})`) },
];

const NOUN = /^api\/(?!http\/|stores\/|jobs\/)([a-z-]+)\//;

// Each of these packages has one home, so that it can be replaced there.
const HOMES: readonly (readonly [packageName: RegExp, home: RegExp])[] = [
  [/^neo4j-driver$/, /^graph\/session$/],
  [/^pg(-copy-streams)?$/, /^timeseries\/pool$/],
  [/^bull$/, /^api\/jobs\/queue$/],
  [/^redis$/, /^api\/stores\/redis$/],
  [/^@opa\/wasm$/, /^policies\/engine$/],
  [/^typescript-rest$/, /^(api\/http\/|.*\.controller$)/],
  [/^express$/, /^api\/http\//],
];

interface Source {
  readonly module: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources = productSources();

test('imports keep to the table of the design', () => {
  const broken = sources.flatMap(({ module, imports }) =>
    imports
      .filter((imported) => !mayImport(module, imported))
      .map((imported) => `${module} imports ${imported}`),
  );
  assert.deepEqual(broken, []);
});

test('a package with one home is imported nowhere else', () => {
  const broken = sources.flatMap(({ module, imports }) =>
    imports
      .filter((imported) => HOMES.some(([name, home]) => name.test(imported) && !home.test(module)))
      .map((imported) => `${module} imports ${imported}`),
  );
  assert.deepEqual(broken, []);
});

test('no modules import one another in a circle', () => {
  const graph = new Map(sources.map(({ module, imports }) => [module, imports]));
  const done = new Set<string>();
  const visit = (module: string, path: readonly string[]): void => {
    if (path.includes(module))
      assert.fail(`circle: ${[...path.slice(path.indexOf(module)), module].join(' -> ')}`);
    if (done.has(module)) return;
    for (const imported of graph.get(module) ?? []) visit(imported, [...path, module]);
    done.add(module);
  };
  for (const { module } of sources) visit(module, []);
});

test('only the configuration reads the environment', () => {
  assert.deepEqual(
    modulesWith(/process\.env/, (module) => module !== 'api/config'),
    [],
  );
});

test('only Access opens sealed values', () => {
  assert.deepEqual(
    modulesWith(/\bunseal\b/, (module) => !/^policies\/(access|sealed)$/.test(module)),
    [],
  );
});

test('queries stand in their own files', () => {
  const queryText =
    /[`'"]\s*(MATCH \(|MERGE \(|OPTIONAL MATCH|SELECT [a-z*]|INSERT INTO|UPDATE \w+ SET|DELETE FROM)/;
  assert.deepEqual(
    modulesWith(queryText, (module) => !/^(graph|timeseries)\/migrate$/.test(module)),
    [],
  );
});

test('tracks and analytics take time and chance from outside', () => {
  const impure = /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|randomBytes|randomUUID/;
  assert.deepEqual(
    modulesWith(impure, (module) => /^timeseries\/(tracks|analytics)\//.test(module)),
    [],
  );
});

function mayImport(module: string, imported: string): boolean {
  const noun = NOUN.exec(module)?.[1];
  if (noun) return mayNounImport(noun, imported);
  const rule = RULES.find(({ from }) => from.test(module));
  return rule === undefined || rule.may.test(imported);
}

function mayNounImport(noun: string, imported: string): boolean {
  const other = NOUN.exec(imported)?.[1];
  return other === undefined || other === noun || imported === `api/${other}/shapes`;
}

function modulesWith(pattern: RegExp, isHeld: (module: string) => boolean): string[] {
  return sources
    .filter(({ module, text }) => isHeld(module) && pattern.test(text))
    .map(({ module }) => module);
}

function productSources(): Source[] {
  const paths = ['api', 'graph', 'policies', 'timeseries'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  return paths
    .filter((path) => path.endsWith('.ts'))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const module = path.replace(/\.ts$/, '');
      return { module, text, imports: importsOf(module, text) };
    });
}

function importsOf(module: string, text: string): string[] {
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm),
  ];
  return specifiers.map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (!specifier.startsWith('.')) return specifier;
    return normalize(join(dirname(module), specifier)).replace(/\.js$/, '');
  });
}
