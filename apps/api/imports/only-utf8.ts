import { isUtf8 } from 'node:buffer';
import { Transform } from 'node:stream';
import { unreadable } from './files/table.ts';

/** Where a character may begin that goes on in the next bytes. */
const endOfCharacters = (bytes: Buffer): number => {
  const tail = bytes.subarray(-3).findLastIndex((byte) => byte >= 0xc0);
  return tail < 0 ? bytes.length : Math.max(0, bytes.length - 3) + tail;
};

const lineBreaks = (text: string): number => text.split('\n').length - 1;

interface Place {
  readonly name: string;
  /** Whether the file may end within a character. */
  readonly partial: boolean;
}

/** Lets text in UTF-8 through and nothing else: read as such, other encodings would put wrong names into the log for ever. */
export const onlyUtf8 = ({ name, partial }: Place): Transform => {
  let line = 1;
  let rest = Buffer.alloc(0);
  const judge = (bytes: Buffer): Error | null => {
    if (isUtf8(bytes)) return null;
    line += lineBreaks(bytes.toString('utf8').split('\uFFFD', 1)[0] ?? '');
    return unreadable(name, `is not in UTF-8: see line ${line}. Save it as UTF-8 and send it again.`);
  };
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const bytes = Buffer.concat([rest, chunk]);
      const whole = bytes.subarray(0, endOfCharacters(bytes));
      const fault = judge(whole);
      line += fault ? 0 : lineBreaks(whole.toString('latin1'));
      rest = bytes.subarray(whole.length);
      done(fault, chunk);
    },
    flush(done) {
      done(partial ? null : judge(rest));
    },
  });
};
