import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTable } from './open-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'tables-'));
afterAll(() => rmSync(folder, { recursive: true }));

const open = (text: string) => {
  const path = join(folder, 'file');
  writeFileSync(path, text);
  return openTable({ name: 'file', path, bytes: text.length });
};
const recordsOf = async (text: string) => {
  const records = [];
  for await (const record of (await open(text)).records()) records.push(record);
  return records;
};

const event = (activity: string, time: string, more = '') =>
  `<event><string key="concept:name" value="${activity}"/><date key="time:timestamp" value="${time}"/>${more}</event>`;
const log = (traces: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!-- of another program -->
<log xes.version="2.0" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<global scope="event"><string key="concept:name" value="default"/></global>
<string key="concept:name" value="the whole log"/>
${traces}
</log>`;

describe('a log in XES', () => {
  const traces = `<trace><string key="concept:name" value="d &amp; 1"/><float key="sum" value="100.50"/>
${event('new', '2026-01-05T10:00:00.000+01:00', '<list key="people"><values><string key="who" value="anna"/></values></list>')}
${event('won', '2026-01-06T10:00:00.000+01:00', '<string key="org:resource" value="bert"><string key="team" value="north"/></string>')}
</trace><trace><string key="concept:name" value="d2"/></trace>`;

  it('is a record per event, with what its trace says; nothing of the log, of defaults, or of nested attributes', async () => {
    const ofTrace = { 'case:concept:name': 'd & 1', 'case:sum': '100.50' };
    expect(await recordsOf(log(traces))).toEqual([
      {
        file: 'file',
        line: 8,
        row: { ...ofTrace, 'concept:name': 'new', 'time:timestamp': '2026-01-05T10:00:00.000+01:00' },
      },
      {
        file: 'file',
        line: 9,
        row: {
          ...ofTrace,
          ...{ 'concept:name': 'won', 'time:timestamp': '2026-01-06T10:00:00.000+01:00', 'org:resource': 'bert' },
        },
      },
    ]);
    expect((await open(log(traces))).header).toContain('org:resource');
  });

  it('that is torn or holds no events is told', async () => {
    await expect(open('<log><trace>')).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(open('<html><p></html>')).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(recordsOf(log(`${traces}<trace><event></trace>`))).rejects.toThrow('file:');
  });

  it('does not follow entities that its own head defines', async () => {
    const bomb = log(traces).replace('<log', '<!DOCTYPE log [<!ENTITY a "aaaa">]><log').replace('d2', '&a;');
    await expect(recordsOf(bomb)).rejects.toThrow('undefined entity');
  });
});

describe('a table in CSV', () => {
  it.each([
    ['commas', 'id,name\n1,"a, b"\n'],
    ['semicolons, with a mark in front', '\uFEFFid;name\n1;a, b\n'],
    ['tabs', 'id\tname\n1\ta, b\n'],
  ])('may be set apart by %s', async (_, text) => {
    expect(await recordsOf(text)).toEqual([
      { file: 'file', line: 2, row: { id: '1', name: 'a, b' }, fault: undefined },
    ]);
  });

  it('may begin with lines that are empty, and is empty where it holds nothing else', async () => {
    expect(await recordsOf('\n\n\nid;name\n\n1;a\n')).toMatchObject([{ line: 6, row: { id: '1', name: 'a' } }]);
    await expect(open('\n\n')).rejects.toThrow('is empty');
  });

  it('takes a quote in a field without quotes for itself, and tells one that is not closed', async () => {
    const told = async (text: string) =>
      (await recordsOf(`id,name\n${text}`)).map(({ line, row, fault }) => [line, row['name'], fault]);
    expect(await told('1,3" pipe\n2,"a "" b"\n3,"c"d\n4,e\n')).toEqual([
      [2, '3" pipe', undefined],
      [3, 'a " b', undefined],
      [4, '"c"d', undefined],
      [5, 'e', undefined],
    ]);
    expect(await told('1,a\n2,"b\n3,c\n')).toEqual([
      [2, 'a', undefined],
      [3, undefined, 'has a quote that is not closed'],
    ]);
  });

  it('tells a row with another number of fields, and what is no text', async () => {
    expect(await recordsOf('id,name\n1\n')).toMatchObject([
      { line: 2, fault: expect.stringContaining('number of fields') },
    ]);
    await expect(open('PK\0\0')).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('with one name over two columns is refused; nameless columns are not', async () => {
    await expect(open('id,amount,amount \n1,2,3\n')).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('two columns "amount"'),
    });
    expect((await open('id,,\n1,2,3\n')).header).toEqual(['id', '', '']);
  });
});
