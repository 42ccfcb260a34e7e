/**
 * An instant as clocks on the wall showed it, with their offset: `2026-05-01T08:30:00+02:00`.
 *
 * @param timeZone IANA name; one that this runtime does not know counts as UTC
 */
export function localTime(at: Date, timeZone: string): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '00';
  // `GMT+02:00`, and `GMT` alone for UTC itself. Before standard time an offset has seconds, which RFC 3339 has not.
  const offset = part('timeZoneName').slice('GMT'.length, 'GMT+02:00'.length) || '+00:00';
  const day = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return `${day}T${part('hour')}:${part('minute')}:${part('second')}${offset}`;
}

// Making a format costs a hundred times as much as using one. There are a few hundred zones.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = newFormat(timeZone);
  if (formats.size < MAX_FORMATS) formats.set(timeZone, format);
  return format;
}

const MAX_FORMATS = 1_000; // names of zones are not case-sensitive, so there are more spellings than zones

function newFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { ...CLOCK, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...CLOCK, timeZone: 'UTC' });
  }
}

const CLOCK = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
} as const;
