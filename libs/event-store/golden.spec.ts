import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, event } from '@funnel/kernel';
import { auditEvents } from '@funnel/audit';
import { salesEvents } from '@funnel/sales';
import { z } from 'zod';
import { goldenFaults, readGolden } from './testing/golden.ts';

describe('the golden files of the stored events', () => {
  it('hold every version of every type that was ever written, and each is still read without loss', () => {
    expect(goldenFaults({ ...salesEvents, ...auditEvents }, join(import.meta.dirname, 'golden'))).toEqual([]);
  });
});

/** Retired twice: v1 kept one name, v2 a bare amount. */
const types = {
  VisitPaid: event(
    z.object({ names: z.array(z.string()), cost: z.object({ minor: z.int(), currency: z.string() }) }),
    ({ name, ...rest }) => ({ ...rest, names: [name] }),
    ({ cost, ...rest }) => ({ ...rest, cost: { minor: cost * 100, currency: 'CNY' } }),
  ),
};
const versions = [
  { name: 'Ms Wang', cost: 12 },
  { names: ['Ms Wang', 'Mr Li'], cost: 12 },
  { names: ['Ms Wang'], cost: { minor: 1_250, currency: 'EUR' } },
];

describe('the check of golden files', () => {
  let folder: string;
  const keep = (version: number, data: object, type = 'VisitPaid') =>
    writeFileSync(join(folder, `VisitPaid.v${version}.json`), JSON.stringify({ type, version, data }));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'golden-'));
    versions.forEach((data, index) => keep(index + 1, data));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads every retired version as the present one', () => {
    expect(goldenFaults(types, folder)).toEqual([]);
    expect([1, 2, 3].map((version) => decode(types, readGolden(folder, 'VisitPaid', version)))).toEqual([
      { names: ['Ms Wang'], cost: { minor: 1_200, currency: 'CNY' } },
      { names: ['Ms Wang', 'Mr Li'], cost: { minor: 1_200, currency: 'CNY' } },
      { names: ['Ms Wang'], cost: { minor: 1_250, currency: 'EUR' } },
    ]);
  });

  it('tells of a version and of a type without a file', () => {
    rmSync(join(folder, 'VisitPaid.v2.json'));
    const more = { ...types, VisitMissed: event(z.object({})) };
    expect(goldenFaults(more, folder)).toEqual(['VisitPaid.v2.json is missing', 'VisitMissed.v1.json is missing']);
  });

  it('tells of a file that no longer belongs to anything', () => {
    expect(goldenFaults({}, folder)).toContain('VisitPaid.v1.json belongs to no type and version that can be stored');
  });

  it('tells of a version that can no longer be read', () => {
    keep(1, { cost: 'dear' });
    expect(goldenFaults(types, folder)).toEqual([expect.stringMatching(/^VisitPaid\.v1\.json cannot be read/)]);
  });

  it('tells of a field that is lost, as after a renaming', () => {
    keep(3, { ...versions[2], cost: { minor: 1_250, currency: 'EUR', paidBy: 'card' } });
    expect(goldenFaults(types, folder)).toEqual(['VisitPaid.v3.json is read as something else']);
  });

  it('tells of a file that holds something else', () => {
    keep(2, versions[1] ?? {}, 'VisitMissed');
    expect(goldenFaults(types, folder)).toEqual(['VisitPaid.v2.json holds VisitMissed version 2']);
  });
});
