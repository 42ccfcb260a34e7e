import type { Field, Holding } from './holding.js';

/** Tables of TimescaleDB; they know an activity's id and nobody's name. */
export const TABLES = {
  recordings: ofActivity({
    started_at: 'measured',
    ended_at: 'measured',
    sample_count: 'machine',
    channels: 'machine',
    written_at: 'machine',
  }),
  samples: ofActivity({
    at: 'measured',
    elapsed_seconds: 'measured',
    distance_meters: 'measured',
    altitude_meters: 'measured',
    speed_meters_per_second: 'measured',
    heart_rate_bpm: 'measured',
    cadence_rpm: 'measured',
    power_watts: 'measured',
    temperature_celsius: 'measured',
    grade_ratio: 'measured',
  }),
  position_blocks: ofActivity({ block: 'machine', ciphertext: 'encrypted place' }),
  laps: ofActivity({
    lap: 'measured',
    start_seconds: 'measured',
    end_seconds: 'measured',
    elapsed_seconds: 'measured',
    moving_seconds: 'measured',
    distance_meters: 'measured',
    climb_meters: 'measured',
    descent_meters: 'measured',
    average_speed_meters_per_second: 'measured',
    max_speed_meters_per_second: 'measured',
    average_heart_rate_bpm: 'measured',
    max_heart_rate_bpm: 'measured',
    average_cadence_rpm: 'measured',
    max_cadence_rpm: 'measured',
    average_power_watts: 'measured',
    max_power_watts: 'measured',
  }),
  best_distances: ofActivity({
    distance_meters: 'measured',
    elapsed_seconds: 'measured',
    start_seconds: 'measured',
  }),
  best_powers: ofActivity({
    duration_seconds: 'measured',
    power_watts: 'measured',
    start_seconds: 'measured',
  }),
  // Keyed hashes: they place nobody, and once the key of an athlete is gone nothing ties them to one.
  map_cells: {
    isExported: false,
    erased: 'stays',
    fields: { cell: 'machine', athlete: 'machine', activity: 'machine' },
  },
  map_cells_progress: {
    isExported: false,
    erased: 'stays',
    fields: { row_number: 'machine', written_at: 'machine', activity_id: 'id' },
  },
  // Under pseudonyms, by which a job erases and an export finds what somebody was shown.
  recommendation_events: {
    isExported: true,
    erased: 'job',
    fields: { day: 'machine', version: 'machine', athlete: 'id', item: 'social', kind: 'social' },
  },
  // Kept as proof of who saw what. Ids of somebody who is gone name nobody any more, and their facts are unreadable.
  decisions: {
    isExported: true,
    erased: 'stays',
    fields: {
      decided_at: 'machine',
      writer: 'id',
      sequence: 'machine',
      decision_id: 'id',
      action: 'machine',
      subject_kind: 'machine',
      subject_id: 'id',
      session_id: 'id',
      standing: 'machine',
      scopes: 'machine',
      roles: 'machine',
      resource_kind: 'machine',
      resource_id: 'id',
      owner_id: 'id',
      is_listed: 'machine',
      facts: 'encrypted social',
      facts_key: 'machine',
      is_trimmed: 'machine',
      allowed: 'machine',
      revealed: 'machine',
      rules: 'machine',
      withheld: 'machine',
      bundle: 'machine',
      engine: 'machine',
      request_id: 'id',
      chain: 'machine',
    },
  },
  audit_heads: {
    isExported: false,
    erased: 'stays',
    fields: {
      writer: 'id',
      sequence: 'machine',
      chain: 'machine',
      stored_at: 'machine',
      signature: 'machine',
    },
  },
  audit_checkpoints: {
    isExported: false,
    erased: 'stays',
    fields: {
      number: 'machine',
      made_at: 'machine',
      body: 'machine',
      signature: 'machine',
      cut_before: 'machine',
      published_at: 'machine',
    },
  },
  // Sums, about nobody.
  decisions_hourly: sums({ rules: 'machine', allowed: 'machine', revealed: 'machine' }),
  decisions_per_hour: sums({ rule: 'machine', outcome: 'machine' }),
  job_runs: {
    isExported: false,
    erased: 'stays',
    fields: { job_id: 'id', started_at: 'machine', finished_at: 'machine', failure: 'machine' },
  },
  migrations: {
    isExported: false,
    erased: 'stays',
    fields: { file: 'machine', checksum: 'machine', applied_at: 'machine' },
  },
} as const satisfies Readonly<Record<string, Holding>>;

function sums(fields: Readonly<Record<string, Field>>): Holding {
  const shared = { hour: 'machine', action: 'machine', decisions: 'machine' } as const;
  return { isExported: false, erased: 'stays', fields: { ...shared, ...fields } };
}

function ofActivity(fields: Readonly<Record<string, Field>>): Holding {
  return { isExported: true, erased: 'job', fields: { activity_id: 'id', ...fields } };
}
