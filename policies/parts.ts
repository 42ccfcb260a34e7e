/**
 * What a withheld part is made of. Paths name fields from the top of what is opened; `*` is each entry of a list. What
 * is not there stays away, so one part serves a list, a thing by itself and what belongs to it in other stores.
 */
interface Part {
  /** Left out. */
  readonly absent?: readonly string[];
  /** Null, like what was never measured or told. */
  readonly unknown?: readonly string[];
  /** An empty list. */
  readonly empty?: readonly string[];
  /** Lists that lose some of their entries. */
  readonly entries?: Readonly<Record<string, readonly string[]>>;
  /** A field that holds what others see instead: its fields take the place of those beside it, and it is left out. */
  readonly instead?: string;
}

/**
 * The parts of each kind of thing that a rule may withhold by name. A name that is not here is a field at the top that
 * is left out. `policies/README.md` says what each is for.
 */
const PARTS: Readonly<Record<string, Readonly<Record<string, Part>>>> = {
  analystAnswer: {
    // Analysts see pseudonyms for ids, and no texts that somebody typed.
    personal: { instead: 'pseudonymous' },
  },
  activity: {
    settings: {
      absent: [
        'mapVisibility',
        'heartRateVisibility',
        'powerVisibility',
        'cadenceVisibility',
        'temperatureVisibility',
        'hidesStartTime',
        'hidesFromHomeFeed',
      ],
    },
    // Others see the figures of what a privacy zone leaves visible.
    whole: { instead: 'public' },
    // Heights are places too: a profile of a few kilometres is found again in a map of heights.
    map: {
      absent: ['polylines'],
      unknown: [
        'polyline',
        'climbMeters',
        'descentMeters',
        'minAltitudeMeters',
        'maxAltitudeMeters',
        'laps.*.climbMeters',
        'laps.*.descentMeters',
      ],
      entries: { channels: ['position', 'altitude', 'grade'] },
    },
    startTime: { unknown: ['startedAt', 'createdAt'] },
    // And with it what the clock of the athlete showed.
    timeZone: { unknown: ['timeZone'] },
    // Watches work the energy out of heart rate or power, so it goes with either.
    heartRate: {
      unknown: [
        'averageHeartRateBpm',
        'maxHeartRateBpm',
        'energyKilocalories',
        'laps.*.averageHeartRateBpm',
        'laps.*.maxHeartRateBpm',
      ],
      entries: { channels: ['heartRate'] },
    },
    power: {
      unknown: [
        'averagePowerWatts',
        'maxPowerWatts',
        'energyKilocalories',
        'laps.*.averagePowerWatts',
        'laps.*.maxPowerWatts',
      ],
      empty: ['bestPowers'],
      entries: { channels: ['power'] },
    },
    cadence: {
      unknown: ['averageCadenceRpm', 'maxCadenceRpm', 'laps.*.averageCadenceRpm', 'laps.*.maxCadenceRpm'],
      entries: { channels: ['cadence'] },
    },
    // All that was measured: between a change of zones and its effect none of it can be told from what is hidden.
    totals: {
      unknown: [
        'distanceMeters',
        'movingSeconds',
        'elapsedSeconds',
        'climbMeters',
        'descentMeters',
        'minAltitudeMeters',
        'maxAltitudeMeters',
        'averageSpeedMetersPerSecond',
        'maxSpeedMetersPerSecond',
        'averageHeartRateBpm',
        'maxHeartRateBpm',
        'averageCadenceRpm',
        'maxCadenceRpm',
        'averagePowerWatts',
        'maxPowerWatts',
        'averageTemperatureCelsius',
        'energyKilocalories',
      ],
      empty: ['channels', 'laps', 'bestDistances', 'bestPowers'],
    },
    temperature: { unknown: ['averageTemperatureCelsius'], entries: { channels: ['temperature'] } },
  },
  athlete: {
    settings: {
      absent: [
        'hidesFromSignedOut',
        'defaultVisibility',
        'defaultMapVisibility',
        'defaultHeartRateVisibility',
        'defaultPowerVisibility',
        'defaultCadenceVisibility',
        'defaultTemperatureVisibility',
        'defaultHidesStartTime',
        'defaultHidesFromHomeFeed',
        'ageVisibility',
        'bodyMassVisibility',
        'heartRateLimitsVisibility',
        'sexVisibility',
        'thresholdsVisibility',
        'timeZoneVisibility',
        // What somebody is recommended by is told to us alone.
        'homeRegion',
        'sports',
        'isRecommendable',
        'isOpenToTraining',
      ],
    },
    age: { unknown: ['ageYears'] },
    bodyMass: { unknown: ['bodyMassKilograms'] },
    heartRateLimits: { unknown: ['heartRateMaxBpm', 'heartRateRestBpm'] },
    sex: { unknown: ['sex'] },
    thresholds: { unknown: ['functionalThresholdPowerWatts', 'thresholdPaceSecondsPerKilometer'] },
    timeZone: { unknown: ['timeZone'] },
  },
};

/** What becomes of one field. */
type Change = 'absent' | 'unknown' | 'empty' | ReadonlySet<string> | Changes;
type Changes = Map<string, Change>;

interface Plan {
  readonly instead: readonly string[];
  readonly changes: Changes;
}

/**
 * A thing without the parts that are withheld; itself when it has none of them.
 *
 * @param kind of the thing, as its rules know it
 */
export function withoutParts<Content extends object>(
  kind: string,
  content: Content,
  withheld: readonly string[],
): Content {
  if (withheld.length === 0) return content;
  const { instead, changes } = planOf(kind, withheld);
  const shown = instead.reduce<Content>(withInstead, content);
  return changed(changes, shown);
}

// As many as there are combinations that rules withhold: dozens. A page asks for the same few again and again.
const plans = new Map<string, Plan>();
const MAX_PLANS = 10_000;

function planOf(kind: string, withheld: readonly string[]): Plan {
  const key = `${kind} ${withheld.join()}`;
  const known = plans.get(key);
  if (known) return known;
  const parts = withheld.map((name) => PARTS[kind]?.[name] ?? { absent: [name] });
  const changes: Changes = new Map();
  for (const { absent = [], unknown = [], empty = [], entries = {} } of parts) {
    for (const path of unknown) plan(changes, path, 'unknown');
    for (const path of empty) plan(changes, path, 'empty');
    for (const [path, names] of Object.entries(entries)) plan(changes, path, new Set(names));
    for (const path of absent) plan(changes, path, 'absent');
  }
  const made = { instead: parts.flatMap(({ instead }) => instead ?? []), changes };
  if (plans.size >= MAX_PLANS) plans.clear();
  plans.set(key, made);
  return made;
}

function plan(changes: Changes, path: string, change: Exclude<Change, Changes>): void {
  const [name = '', ...rest] = path.split('.');
  const planned = changes.get(name);
  if (rest.length > 0) {
    const inner: Changes = planned instanceof Map ? planned : new Map();
    plan(inner, rest.join('.'), change);
    if (planned === undefined) changes.set(name, inner);
    return;
  }
  const isBothLists = planned instanceof Set && change instanceof Set;
  if (isBothLists) changes.set(name, new Set([...planned, ...change]));
  else if (strength(change) >= strength(planned)) changes.set(name, change);
}

// Parts come in any order, and what one takes away as a whole another must not bring back in part.
function strength(change: Change | undefined): number {
  return typeof change === 'string' ? STRENGTH[change] : 0;
}

const STRENGTH = { absent: 3, unknown: 2, empty: 1 } as const;

function withInstead<Content extends object>(content: Content, field: string): Content {
  if (!(field in content)) return content;
  const others: unknown = Reflect.get(content, field);
  const shown = { ...content, ...(isObject(others) && others) };
  Reflect.deleteProperty(shown, field);
  return shown;
}

function changed<Value extends object>(changes: Changes, value: Value): Value {
  let copy: Value | undefined;
  for (const [name, change] of changes) {
    // Most of a page has none of the fields: copying it would cost more than deciding it.
    if (!(name in value)) continue;
    copy ??= { ...value };
    if (change === 'absent') Reflect.deleteProperty(copy, name);
    else Reflect.set(copy, name, changedField(change, Reflect.get(value, name)));
  }
  return copy ?? value;
}

function changedField(change: Exclude<Change, 'absent'>, field: unknown): unknown {
  if (change === 'unknown') return null;
  if (change === 'empty') return [];
  if (change instanceof Map) return changedInside(change, field);
  return Array.isArray(field) ? field.filter((entry) => !change.has(entry)) : field;
}

function changedInside(changes: Changes, field: unknown): unknown {
  if (!Array.isArray(field)) return isObject(field) ? changed(changes, field) : field;
  const each = changes.get('*');
  if (!(each instanceof Map)) return field;
  return field.map((entry: unknown) => changedInside(each, entry));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
