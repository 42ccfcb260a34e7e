import type { Engine } from './engine.js';
import { readRows } from './rows.js';
import { queryFrame } from './wire.js';

/** Settings of one connection beyond the engine's own, by name. */
export type Settings = ReadonlyMap<string, string>;

/**
 * What every connection starts with. The engine's command line says otherwise (`search_path=pg_catalog`,
 * `enable_seqscan=off`, debug messages), its files are not read, and RESET ALL returns to the command line.
 */
export const BASE_SETTINGS: Settings = new Map([
  ['search_path', 'public'],
  ['client_min_messages', 'notice'],
  ['enable_seqscan', 'on'],
  ['TimeZone', 'UTC'],
  // Memory of the WebAssembly module never shrinks and ends at 2 GiB.
  ['work_mem', '16MB'],
  ['maintenance_work_mem', '64MB'],
]);

/** The settings that the one session has now and that were set by someone. */
export function readSettings(engine: Engine): Settings {
  const sql = "SELECT name, current_setting(name) FROM pg_settings WHERE source = 'session' ORDER BY name";
  return new Map(
    readRows(engine.send(queryFrame(sql)).bytes).map(([name, value]) => [name ?? '', value ?? '']),
  );
}

/** The statements that leave the session with exactly these settings. */
export function settingsSql(settings: Settings): string {
  const calls = [...settings].map(
    ([name, value]) => `set_config(${literal(name)}, ${literal(value)}, false)`,
  );
  return `RESET ALL; SELECT ${calls.join(', ')}`;
}

/** The statement that brings one setting back to what every connection starts with. */
export function resetSql(name: string): string {
  const base = [...BASE_SETTINGS].find(([known]) => known.toLowerCase() === name.toLowerCase());
  return base ? `SET ${name} = ${literal(base[1])}` : `RESET ${name}`;
}

/** Whether both mean the same. */
export function sameSettings(one: Settings, other: Settings): boolean {
  return (
    one === other || (one.size === other.size && [...one].every(([name, value]) => other.get(name) === value))
  );
}

/** A literal of SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
