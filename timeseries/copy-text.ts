/**
 * Writes the text format of `COPY` straight into bytes: six times faster than strings, and samples are most of what
 * an upload costs. Values are separated by tabs, rows end with a line feed, `\N` is null.
 */
export class CopyText {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #at = 0;
  #day = Number.NaN;
  #dayText: Uint8Array = new Uint8Array();

  /** @param capacityBytes all that will be written; more is refused */
  constructor(capacityBytes: number) {
    this.#bytes = new Uint8Array(capacityBytes);
  }

  /** What has been written. */
  result(): Uint8Array<ArrayBuffer> {
    if (this.#at > this.#bytes.length) throw new RangeError('rows are longer than was reckoned with');
    return this.#bytes.slice(0, this.#at);
  }

  tab(): void {
    this.#bytes[this.#at++] = TAB;
  }

  endRow(): void {
    this.#bytes[this.#at++] = LINE_FEED;
  }

  missing(): void {
    this.#bytes[this.#at++] = BACKSLASH;
    this.#bytes[this.#at++] = CAPITAL_N;
  }

  ascii(text: Uint8Array): void {
    this.#bytes.set(text, this.#at);
    this.#at += text.length;
  }

  /** An instant in UTC, to the millisecond. */
  instant(epochMilliseconds: number): void {
    const day = Math.floor(epochMilliseconds / DAY_MILLISECONDS);
    if (day !== this.#day) {
      this.#day = day;
      this.#dayText = asciiOf(new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 11));
    }
    this.ascii(this.#dayText);
    const milliseconds = epochMilliseconds - day * DAY_MILLISECONDS;
    const seconds = Math.floor(milliseconds / 1_000);
    this.#padded(Math.floor(seconds / 3_600), 2);
    this.#bytes[this.#at++] = COLON;
    this.#padded(Math.floor(seconds / 60) % 60, 2);
    this.#bytes[this.#at++] = COLON;
    this.#padded(seconds % 60, 2);
    this.#bytes[this.#at++] = POINT;
    this.#padded(milliseconds % 1_000, 3);
    this.#bytes[this.#at++] = CAPITAL_Z;
  }

  /** A number of `parts` (an integer) of `10 ** decimals` a unit. */
  decimal(parts: number, decimals: number): void {
    if (parts < 0) this.#bytes[this.#at++] = MINUS;
    const unit = 10 ** decimals;
    const size = Math.abs(parts);
    const rest = size % unit;
    this.#integer((size - rest) / unit);
    if (rest === 0) return;
    this.#bytes[this.#at++] = POINT;
    this.#padded(rest, decimals);
  }

  #integer(value: number): void {
    if (value > MAX_FAST_INTEGER) {
      this.ascii(asciiOf(value.toFixed(0)));
      return;
    }
    let digits = 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) digits += 1;
    this.#padded(value, digits);
  }

  #padded(value: number, digits: number): void {
    let rest = value;
    for (let at = this.#at + digits - 1; at >= this.#at; at -= 1) {
      const next = (rest / 10) | 0;
      this.#bytes[at] = ZERO + (rest - next * 10);
      rest = next;
    }
    this.#at += digits;
  }
}

/** Bytes of a text in ASCII. */
export const asciiOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const DAY_MILLISECONDS = 86_400_000;
const MAX_FAST_INTEGER = 2 ** 31 - 1;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const CAPITAL_N = 0x4e;
const CAPITAL_Z = 0x5a;
const BACKSLASH = 0x5c;
