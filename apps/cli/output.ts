import Table from 'cli-table3';

/** What would steer the terminal, or turn the direction of writing: names may hold it, whoever chose them. */
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
/** Such signs as JSON writes them, so that JSON stays what it is. */
const harmless = (text: string): string =>
  text.replace(steering, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A plain table; numbers to the right. */
export const table = (head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string => {
  const numeric = head.map((_, column) =>
    rows.every((row) => /^[-\d.,% –]*( [A-Z]{3})?$/.test(`${row[column] ?? ''}`)),
  );
  const made = new Table({
    head: [...head],
    colAligns: numeric.map((isNumber) => (isNumber ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  made.push(...rows.map((row) => row.map((cell) => harmless(`${cell ?? '–'}`))));
  return made.toString();
};

export const money = (amount: { readonly value: string; readonly currency: string } | null): string | null =>
  amount && `${amount.value} ${amount.currency}`;

export const percent = (ratio: number | null, places = 4): string | null =>
  ratio === null ? null : `${(ratio * 100).toFixed(places)} %`;

const units: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
];

/** Seconds with their size made readable: `828196.588 (9.6 d)`. */
export const duration = (seconds: number | null): string | null => {
  if (seconds === null) return null;
  const unit = units.find(([size]) => seconds >= size);
  return unit ? `${seconds} (${(seconds / unit[0]).toFixed(1)} ${unit[1]})` : `${seconds}`;
};

export const print = (text: string): void => void process.stdout.write(`${harmless(text)}\n`);
/** Progress and remarks go where they do not mix with results. */
export const remark = (text: string): void => void process.stderr.write(`${harmless(text)}\n`);

/** The answer as JSON where the user asked for it, else as people read it. */
export const show = <Answer>(json: boolean | undefined, answer: Answer, readable: (answer: Answer) => string): void =>
  print(json ? JSON.stringify(answer, null, 2) : readable(answer));
