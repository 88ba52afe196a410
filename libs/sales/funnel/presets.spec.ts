import { funnel } from './funnel.ts';
import { presetsIn } from './presets.ts';

const weightsOf = (funnelId: string) =>
  presetsIn('CNY')
    .find((preset) => preset.funnelId === funnelId)
    ?.stages.map(({ key, weight }) => [key, weight]);

describe('the preset funnels', () => {
  it.each(presetsIn('EUR').map((preset) => [preset.funnelId, preset] as const))(
    '%s can be defined',
    (_, definition) => {
      const command = { type: 'DefineFunnel', definition, at: 0, now: 0 } as const;
      expect(funnel.decide(command, funnel.initial)).toMatchObject({ accepted: true });
      expect(definition.currency).toBe('EUR');
    },
  );
  it('weigh their stages as the field does', () => {
    expect(weightsOf('funnel-list')).toEqual([
      ['opportunity', 0],
      ['p25', 0.25],
      ['p50', 0.5],
      ['p90', 0.9],
    ]);
    expect(weightsOf('quarters')).toEqual([
      ['top', 0.25],
      ['middle', 0.5],
      ['bottom', 0.75],
    ]);
    expect(weightsOf('six-step')).toEqual([
      ['lead', 0.1],
      ['contact', 0.2],
      ['need', 0.4],
      ['proposal', 0.6],
      ['negotiation', 0.8],
      ['closing', 0.9],
    ]);
  });
  it('ask for a next step in the funnel list only', () =>
    expect(presetsIn('CNY').map(({ nextStepRule }) => nextStepRule)).toEqual([true, false, false]));
  it('ask for their criteria in the funnel list', () =>
    expect(presetsIn('CNY')[0]?.stages.map((stage) => stage.exitCriteria.map(({ key }) => key))).toEqual([
      [],
      ['first-appointment', 'project-approved', 'plan-made'],
      ['right-person', 'right-proposal', 'budget', 'schedule'],
      ['contract-on-desk', 'only-supplier'],
    ]));
});
