import type { FunnelEvent } from '@funnel/sales';
import { day, recorded, rowsOf } from '../testing/histories.ts';
import { machinesDefinition } from '../testing/machines.ts';
import { funnels, versionAt } from './funnels.ts';

const definition = machinesDefinition();
const revised = { ...definition, label: 'Big machines' };
const rows = rowsOf(funnels, [
  ...recorded<FunnelEvent>('funnel-machines', [
    [day(5), { type: 'FunnelDefined', data: definition }],
    [day(9), { type: 'FunnelRevised', data: { ...revised, reason: 'a new market' } }],
  ]),
  ...recorded<FunnelEvent>('funnel-services', [
    [day(1), { type: 'FunnelDefined', data: { ...definition, funnelId: 'services' } }],
  ]),
]);

describe('the versions of a funnel', () => {
  it('are all kept, with when and why', () => {
    expect(rows.get('machines')).toEqual({
      funnelId: 'machines',
      versions: [
        { at: day(5), recordedAt: day(1_000), revision: 0, reason: null, definition },
        { at: day(9), recordedAt: day(1_000) + 60_000, revision: 1, reason: 'a new market', definition: revised },
      ],
    });
    expect(rows.get('services')?.versions).toHaveLength(1);
  });

  it('are in force from their time on, the first one before it too', () => {
    const labelAt = (at: number) => rows.get('machines') && versionAt(rows.get('machines')!, at).definition.label;
    expect([day(0), day(5), day(9) - 1, day(9)].map(labelAt)).toEqual([
      'Machines',
      'Machines',
      'Machines',
      'Big machines',
    ]);
  });
});
