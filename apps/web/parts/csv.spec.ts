import { toCsv } from './csv.ts';

describe('a table as a file for spreadsheets', () => {
  it('keeps commas, quotes and line breaks inside their cells', () =>
    expect(toCsv(['name', 'note'], [['a,b', 'say "hi"\nthere']])).toBe(
      '\uFEFFname,note\r\n"a,b","say ""hi""\nthere"\r\n',
    ));

  it.each(['=1+1', '+cmd', '-cmd', '@sum', '\tx'])('lets %j run no formula', (text) =>
    expect(toCsv(['x'], [[text]])).toContain(`'${text}`),
  );

  it('leaves negative numbers what they are, and nothing for nothing', () =>
    expect(toCsv(['x', 'y'], [[-5, null]])).toBe('\uFEFFx,y\r\n-5,\r\n'));
});
