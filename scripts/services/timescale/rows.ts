/** The rows of an answer, every value as text. For the gateway's own small questions. */
export function readRows(answer: Buffer): (string | null)[][] {
  const rows: (string | null)[][] = [];
  for (let at = 0; at < answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    const type = String.fromCharCode(answer[at] ?? 0);
    if (type === 'E') throw new Error(errorText(answer.subarray(at)));
    if (type === 'D') rows.push(readRow(answer, at + 5));
  }
  return rows;
}

function readRow(answer: Buffer, from: number): (string | null)[] {
  const row: (string | null)[] = [];
  let at = from + 2;
  for (let column = answer.readInt16BE(from); column > 0; column -= 1) {
    const length = answer.readInt32BE(at);
    at += 4;
    row.push(length < 0 ? null : answer.toString('utf8', at, at + length));
    at += Math.max(length, 0);
  }
  return row;
}

function errorText(frame: Buffer): string {
  const fields = frame.toString('utf8', 5, 1 + frame.readInt32BE(1)).split('\0');
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'unknown error';
}
