import { dataKeysOf } from '../../graph/data-keys.js';
import type { Graph } from '../../graph/session.js';
import type { AthleteKey, MasterKey } from '../../policies/keys.js';
import type { Facts } from '../../policies/sealed.js';
import type { FactsKey } from '../../timeseries/decision-chain.js';

/** Who stands in a decision: their keys may open its facts. */
interface Persons {
  readonly decisionId: string;
  readonly subjectKind: string;
  readonly subjectId?: string | null;
  readonly ownerId?: string | null;
}

/** Facts as a decision was made on them; `trimmed` tells what is not among them any more. */
export interface RecordedFacts {
  readonly facts: Facts;
  readonly trimmed?: { readonly sha256: string; readonly bytes: number };
}

/** Facts as they are stored; `facts` in hexadecimal. */
export interface EncryptedFacts {
  readonly facts: string | null;
  readonly factsKey: FactsKey;
}

/**
 * The keys of the facts of some decisions. Those of an athlete's decision lie under the key of that athlete; where
 * somebody without a log-in or a part of Paceline asked, under that of whose thing it was; and under a key of the
 * trail where there is no athlete at all. So nothing that is about an athlete can be read once they are forgotten.
 */
export class FactsKeys {
  readonly #ofAthletes: ReadonlyMap<string, AthleteKey>;
  readonly #ofTrail: AthleteKey;

  private constructor(ofAthletes: ReadonlyMap<string, AthleteKey>, ofTrail: AthleteKey) {
    this.#ofAthletes = ofAthletes;
    this.#ofTrail = ofTrail;
  }

  static async of(graph: Graph, masterKey: MasterKey, decisions: readonly Persons[]): Promise<FactsKeys> {
    const athleteIds = new Set(decisions.flatMap((decision) => athleteOf(decision)?.athleteId ?? []));
    return new FactsKeys(
      await dataKeysOf(graph, masterKey, [...athleteIds]),
      masterKey.derived('facts of the audit trail'),
    );
  }

  encrypt(decision: Persons, recorded: RecordedFacts): EncryptedFacts {
    const athlete = athleteOf(decision);
    const key = athlete && this.#ofAthletes.get(athlete.athleteId);
    if (athlete && key) {
      return { facts: encrypted(key, athlete.athleteId, decision, recorded), factsKey: athlete.factsKey };
    }
    // Facts of somebody who is gone must not outlive them; where there were none, there is nothing to hide.
    if (athlete && Object.keys(recorded.facts).length > 0) return { facts: null, factsKey: 'gone' };
    return { facts: encrypted(this.#ofTrail, '', decision, recorded), factsKey: 'trail' };
  }

  /**
   * @returns undefined when the athlete was forgotten
   * @throws {BrokenCiphertext} somebody changed what is stored
   */
  decrypt(decision: Persons & { facts: Uint8Array | null; factsKey: FactsKey }): RecordedFacts | undefined {
    const { decisionId, facts, factsKey } = decision;
    const athlete = athleteOf(decision);
    const key = factsKey === 'trail' ? this.#ofTrail : this.#ofAthletes.get(athlete?.athleteId ?? '');
    if (!facts || !key) return undefined;
    const athleteId = factsKey === 'trail' ? '' : (athlete?.athleteId ?? '');
    return JSON.parse(key.decryptText(facts, placeOf(athleteId, decisionId)));
  }
}

function athleteOf({ subjectKind, subjectId, ownerId }: Persons) {
  if (subjectKind === 'athlete') {
    return subjectId ? ({ athleteId: subjectId, factsKey: 'subject' } as const) : undefined;
  }
  return ownerId ? ({ athleteId: ownerId, factsKey: 'owner' } as const) : undefined;
}

function encrypted(
  key: AthleteKey,
  athleteId: string,
  { decisionId }: Persons,
  { facts, trimmed }: RecordedFacts,
) {
  const text = JSON.stringify({ facts, ...(trimmed && { trimmed }) });
  return Buffer.from(key.encryptText(text, placeOf(athleteId, decisionId))).toString('hex');
}

function placeOf(athleteId: string, decisionId: string) {
  return { athleteId, table: 'decisions', column: 'facts', row: decisionId };
}
