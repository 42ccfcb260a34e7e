import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Engine, Subject, Target, Verdict } from './access.js';
import type { Action } from './actions.js';
import { KnownVerdicts } from './known-verdicts.js';
import { callerAsRulesSee, thingAsRulesSee } from './seen-by-rules.js';

// The ESM entry of the package lacks what its types promise: the loader that does not wait.
const opa: typeof import('@opa/wasm') = createRequire(import.meta.url)('@opa/wasm');

/** The bundle could not be loaded; without a policy nothing may be answered, so the process must not start. */
export class BrokenBundle extends Error {
  override name = 'BrokenBundle';
}

const BUNDLE = new URL('../../policies/bundle/', import.meta.url);

/** The part of the OPA runtime that we use; the rest of it is not for us. */
export interface Runtime {
  evaluate(input: ArrayBuffer, entrypoint: string): unknown;
}

/**
 * What evaluates the policy, as exactly as it takes to decide again what was decided once: the runtime, the compiler
 * and the SHA-256 of what it compiled.
 */
export function engineVersion(): string {
  // The package does not let its own description be imported.
  const runtime = dirname(createRequire(import.meta.url).resolve('@opa/wasm'));
  const { version } = JSON.parse(readFileSync(join(runtime, '..', 'package.json'), 'utf8'));
  const manifest = JSON.parse(readFileSync(new URL('manifest.json', BUNDLE), 'utf8'));
  return `opa-wasm ${version}, opa ${manifest.opa}, sha256 ${manifest.wasm}`;
}

/**
 * Loads `policies/bundle/`.
 *
 * @throws {BrokenBundle} missing, or refuses to run
 */
export async function loadEngine(): Promise<Engine> {
  const manifest: unknown = JSON.parse(readFileSync(new URL('manifest.json', BUNDLE), 'utf8'));
  const wasm = readFileSync(new URL('policy.wasm', BUNDLE));
  return new WasmEngine(bundleName(manifest), () => newRuntime(wasm));
}

/** An instance of a compiled policy, bare: for `WasmEngine`, and to measure what that adds. */
export function newRuntime(wasm: Uint8Array): Runtime {
  return opa.loadPolicySync(wasm, { initial: INITIAL_PAGES, maximum: MAX_PAGES });
}

/**
 * Owns the WASM runtime of OPA, which throws bare strings and objects, answers nothing when a rule is undefined,
 * and stays broken after a trap. Whatever goes wrong is a denial with a reason that starts with `engine-`, and
 * the next call meets a new instance.
 *
 * A rule sees how the caller stands to a thing, never which thing it is nor who the caller is: both are replaced by
 * whether the thing is theirs. So the verdict is the same for all targets and callers that look the same, and what was
 * decided once is remembered by all that the rules saw. A failure is not.
 */
export class WasmEngine implements Engine {
  readonly #instantiate: () => Runtime;
  readonly #known = new KnownVerdicts();
  #runtime: Runtime | undefined;

  constructor(
    readonly bundle: string,
    instantiate: () => Runtime,
  ) {
    this.#instantiate = instantiate;
    this.#runtime = instantiate();
  }

  decide(action: Action, subject: Subject, targets: readonly Target[]): readonly Verdict[] {
    const asked = inputOf(() => ({
      caller: callerAsRulesSee(action, subject),
      things: targets.map((target) => thingAsRulesSee(subject, target)),
    }));
    if (asked === 'engine-input') return targets.map(() => failed(asked));
    const { caller, things } = asked;
    const known = this.#known.of(caller);
    const found = things.map((thing) => known.get(thing));
    const unknown = new Set(things.filter((_, index) => !found[index]));
    const { verdicts, failure } = this.#evaluate(caller, [...unknown]);
    return things.map((thing, index) => found[index] ?? verdicts.get(thing) ?? failure);
  }

  admit(action: Action, subject: Subject): Verdict {
    const caller = inputOf(() => callerAsRulesSee(action, subject));
    if (caller === 'engine-input') return failed(caller);
    const known = this.#known.of(caller).get(NOTHING);
    if (known) return known;
    const answer = this.#ask('paceline/admit', `{${caller}}`);
    if (!isVerdict(answer)) return failed(reasonIn(answer));
    this.#known.remember(caller, NOTHING, answer);
    return answer;
  }

  /** The verdicts of one caller about things that are not known yet, and the one where there is none. */
  #evaluate(caller: string, things: readonly string[]): Fresh {
    if (things.length === 0) return NO_QUESTIONS;
    const answer = this.#ask('paceline/decisions', `{${caller},"items":[${things.join()}]}`);
    const answers = Array.isArray(answer) && answer.length === things.length ? answer : [];
    const verdicts = new Map<string, Verdict>();
    for (const [index, thing] of things.entries()) {
      const verdict: unknown = answers[index];
      if (!isVerdict(verdict)) continue;
      verdicts.set(thing, verdict);
      this.#known.remember(caller, thing, verdict);
    }
    return { verdicts, failure: failed(reasonIn(answer)) };
  }

  /** @returns what the entry point says, or the reason of a failure: no entry point answers a text */
  #ask(entrypoint: string, input: string): unknown {
    const bytes = encoder.encode(input);
    if (bytes.byteLength > MAX_INPUT_BYTES) return 'engine-input-too-large';
    try {
      this.#runtime ??= this.#instantiate();
      const results = this.#runtime.evaluate(wholeBuffer(bytes), entrypoint);
      const [first] = Array.isArray(results) ? results : [];
      return typeof first?.result === 'object' ? first.result : 'engine-undefined';
    } catch (thrown) {
      this.#runtime = undefined;
      return reasonOf(thrown);
    }
  }
}

/** What a page was newly asked about. */
interface Fresh {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly failure: Verdict;
}

// What cannot be written as JSON cannot be asked.
function inputOf<Input>(write: () => Input): Input | 'engine-input' {
  try {
    return write();
  } catch {
    return 'engine-input';
  }
}

const PAGE_BYTES = 65_536;
const INITIAL_PAGES = 16; // 1 MiB holds a page of a hundred without growing
const MAX_PAGES = (16 * 1024 * 1024) / PAGE_BYTES; // never shrinks, so this is what one process pays at most
const MAX_INPUT_BYTES = 512 * 1024; // twenty times a page of a hundred

const encoder = new TextEncoder();

function failed(reason: string): Verdict {
  return { allowed: false, revealed: false, rules: [reason], withheld: [] };
}

const NO_QUESTIONS: Fresh = { verdicts: new Map(), failure: failed('engine-undefined') };
/** Stands for the thing where the caller alone is decided upon; what the rules see of a thing is never empty. */
const NOTHING = '';

function reasonIn(answer: unknown): string {
  return typeof answer === 'string' ? answer : 'engine-undefined';
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error) return 'engine-trap'; // out of memory, or a WASM trap
  const message =
    typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : thrown;
  return String(message).startsWith('not implemented') ? 'engine-builtin-missing' : 'engine-abort';
}

// The runtime reads whole buffers only, and an encoder may give a part of a larger one.
function wholeBuffer({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== 'object' || value === null) return false;
  const { allowed, revealed, rules, withheld } = value as Partial<Record<keyof Verdict, unknown>>;
  return typeof allowed === 'boolean' && typeof revealed === 'boolean' && isTexts(rules) && isTexts(withheld);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function bundleName(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'bundle' in manifest)
    return String(manifest.bundle);
  throw new BrokenBundle('policies/bundle/manifest.json names no bundle; run `npm run policies:build`');
}
