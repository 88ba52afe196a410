import { jest } from '@jest/globals';
import { print, remark, show, table } from './output.ts';

const written = (stream: NodeJS.WriteStream, write: () => void): string => {
  const spy = jest.spyOn(stream, 'write').mockReturnValue(true);
  try {
    write();
    return spy.mock.calls.map(([text]) => `${text as string}`).join('');
  } finally {
    spy.mockRestore();
  }
};

describe('what the shell prints', () => {
  it('lets no name steer the terminal', () => {
    const name = '\u001b[2J\u001b]0;mine\u0007Pump\t\u202egnihton\r\u009b1m';
    const text = written(process.stdout, () => print(table(['deal', 'title'], [['d', name]])));
    expect(text.match(/\p{Cc}|\p{Cf}/gu)?.filter((sign) => sign !== '\n')).toEqual([]);
    expect(text).toContain('Pump');
    expect(written(process.stderr, () => remark(name))).toBe(
      String.raw`\u001b[2J\u001b]0;mine\u0007Pump\u0009\u202egnihton\u000d\u009b1m` + '\n',
    );
  });

  it('leaves JSON what it is', () => {
    const answer = { title: 'Pump\u202e\u007f\u009b1m\u001b[2J' };
    expect(JSON.parse(written(process.stdout, () => show(true, answer, () => '')))).toEqual(answer);
  });

  it('keeps tables straight in every script', () => {
    const lines = written(process.stdout, () =>
      print(
        table(
          ['deal', 'n'],
          [
            ['泵站 💰', 1],
            ['pump', 22],
          ],
        ),
      ),
    ).split('\n');
    expect(lines.slice(3, 5)).toEqual(['│ 泵站 💰 │  1 │', '│ pump    │ 22 │']);
  });
});
