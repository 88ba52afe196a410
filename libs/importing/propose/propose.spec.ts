import { mapping, missingParts, propose, type Row, type Sample } from '../index.ts';
import { readRows, typesOf } from '../testing/read-rows.ts';

const wishes = { currency: 'USD', timeZone: 'America/New_York' };
const sample = (name: string, rows: readonly Row[]): Sample => ({ name, header: Object.keys(rows[0] ?? {}), rows });
const proposed = (...samples: Sample[]) => {
  const proposal = propose(samples, wishes);
  const read = mapping.safeParse(proposal.mapping);
  expect(read.error?.issues ?? []).toEqual([]);
  if (read.data) expect(missingParts(read.data, samples)).toEqual([]);
  return proposal;
};
const become = (...samples: Sample[]) =>
  typesOf(
    readRows(proposed(...samples).mapping ?? {}, Object.fromEntries(samples.map(({ name, rows }) => [name, rows]))),
  );

const opportunity = (id: string, stage: string, more: Row = {}): Row => ({
  ...{ Id: id, AccountId: 'acc', OwnerId: 'o1', Name: `Deal ${id}`, StageName: stage, Amount: '100.5' },
  ...{ CloseDate: '2026-03-01', CreatedDate: '2026-01-01T00:00:00.000+0000', IsDeleted: 'false', IsClosed: 'false' },
  ...{ IsWon: 'false', LastModifiedDate: '2026-02-01T00:00:00.000+0000', ...more },
});
const step = (deal: string, day: number, stage: string, percent: string): Row => ({
  ...{ Id: `${deal}${day}`, OpportunityId: deal, StageName: stage, Probability: percent, Amount: '100.5' },
  ...{ CloseDate: '2026-03-01', CreatedDate: `2026-01-0${day}T00:00:00.000+0000`, IsDeleted: 'false' },
});
const account: Row = { Id: 'acc', Name: 'North Works', Industry: 'Water', BillingState: 'NY' };
const stagesOf = ({ mapping }: ReturnType<typeof propose>) =>
  mapping?.funnel.stages.map(({ label, weight }) => [label, weight]);

describe('files of a Salesforce export', () => {
  const opportunities = [
    opportunity('a', 'Closed Won', { IsClosed: 'true', IsWon: 'true' }),
    opportunity('b', 'Talk'),
    opportunity('gone', 'Talk', { IsDeleted: 'true' }),
    opportunity('silent', 'Offer'),
  ];
  const history = [
    step('a', 1, 'Talk', '20'),
    step('a', 3, 'Closed Won', '100'),
    step('a', 2, 'Offer', '60'),
    step('b', 1, 'Talk', '35'),
    step('gone', 1, 'Talk', '20'),
    step('b', 2, 'Talk', '20'),
  ];
  const files = [
    sample('Opportunity.csv', opportunities),
    sample('OpportunityHistory.csv', history),
    sample('Account.csv', [account]),
  ];

  it('tell the funnel: stages by their usual probability, wins by the flags', () => {
    expect(stagesOf(proposed(...files))).toEqual([
      ['Talk', 0.2],
      ['Offer', 0.6],
    ]);
  });

  it('become the histories of what was not deleted, and of what has no history', () => {
    expect(become(...files).filter((each) => each !== 'ignored')).toEqual([
      ['ProspectAdded'],
      ['StageAdvanced'],
      ['DealWon'],
      ['ProspectAdded', 'WeightOverridden'],
      ['WeightOverrideCleared'],
      ['ProspectAdded'],
    ]);
  });

  it('are joined: the customer is the account’s, the owner the opportunity’s', () => {
    const byName = Object.fromEntries(files.map(({ name, rows }) => [name, rows]));
    const [first] = readRows(proposed(...files).mapping ?? {}, byName);
    expect(first).toMatchObject({
      events: [
        {
          event: {
            data: {
              title: 'Deal a',
              ownerId: 'o1',
              customer: { name: 'North Works', region: 'NY', industry: 'Water' },
              amount: { minor: 10_050, currency: 'USD' },
            },
          },
        },
      ],
    });
  });

  it('may be the opportunities alone: each shows how it stands now', () => {
    expect(become(sample('Opportunity.csv', opportunities))).toEqual([
      ['ProspectAdded', 'DealWon'],
      ['ProspectAdded'],
      ['ProspectAdded'],
    ]);
    expect(proposed(sample('Opportunity.csv', opportunities)).notes[0]?.text).toContain('no OpportunityHistory');
  });

  it('may tell the history field by field', () => {
    const change = (day: number, field: string, from: string, to: string): Row => ({
      ...{ Id: `f${day}${field}`, OpportunityId: 'b', Field: field, OldValue: from, NewValue: to },
      ...{ CreatedDate: `2026-01-0${day}T00:00:00.000+0000`, IsDeleted: 'false' },
    });
    const changes = [
      change(1, 'created', '', ''),
      change(2, 'Amount', '', '100.5'),
      change(3, 'StageName', 'Talk', 'Offer'),
      change(4, 'CloseDate', '2026-02-01', '2026-03-01'),
      change(5, 'StageName', 'Offer', 'Talk'),
    ];
    const files = [sample('Opportunity.csv', opportunities), sample('OpportunityFieldHistory.csv', changes)];
    expect(become(...files).slice(1, 7)).toEqual([
      ['ProspectAdded'],
      ['DealValued'],
      ['StageAdvanced'],
      ['DealValued'],
      ['StageRegressed'],
      ['OwnerReassigned'],
    ]);
  });
});

describe('a list of deals', () => {
  const row = (id: string, more: Row): Row => ({
    ...{ 'Deal ID': id, 'Deal Name': `Deal ${id}`, 'Deal owner': 'Anna Smith', Amount: '1.234,50' },
    ...{ 'Create Date': '13.01.2026', 'Date entered "Talk"': '', 'Date entered "Offer"': '', 'Deal Stage': 'Talk' },
    ...{ 'Close Date': '28.02.2026', 'Lost reason': '', ...more },
  });
  const list = sample('deals.csv', [
    row('1', { 'Date entered "Talk"': '14.01.2026', 'Date entered "Offer"': '20.01.2026', 'Deal Stage': 'Closed Won' }),
    row('2', { 'Date entered "Talk"': '15.01.2026' }),
    row('3', { 'Deal Stage': 'Closed Lost', 'Lost reason': 'price' }),
  ]);

  it('is recognised by the names of its columns, and its way of writing dates and amounts by what is in them', () => {
    expect(proposed(list)).toMatchObject({
      kind: 'deals',
      mapping: {
        columns: { deal: 'Deal ID', created: 'Create Date', owner: 'Deal owner', amount: 'Amount' },
        entered: { 'Date entered "Talk"': 'talk', 'Date entered "Offer"': 'offer' },
        won: { time: 'Close Date', where: { 'Deal Stage': ['Closed Won'] } },
        ...{ dateOrder: 'day-first', decimalSign: ',', ids: 'tidied' },
      },
    });
  });

  it('becomes histories', () => {
    expect(become(list).filter((each) => each !== 'ignored')).toEqual([
      ['ProspectAdded'],
      ['StageAdvanced'],
      ['DealWon'],
      ['ProspectAdded'],
      ['ProspectAdded'],
      ['DealLost'],
    ]);
  });
});

describe('a list of deals in Chinese', () => {
  const deal = (id: string, stage: string, more: Row = {}): Row => ({
    ...{ 商机编号: id, 商机名称: '泵站', 公司: '金华汽车', 业务员: '张三', 预计金额: '1,234.50', 阶段: stage },
    ...{
      创建日期: '2026年3月1日',
      更新时间: '2026年3月9日 10:00',
      预计签约日期: '2026-12-31',
      成交日期: '',
      丢单原因: '',
    },
    ...more,
  });

  it('is read as one in English is', () => {
    const rows = [
      deal('Z-1', '方案'),
      deal('Z-2', '赢单', { 成交日期: '2026/4/2' }),
      deal('Z-3', '输单', { 成交日期: '2026年4月3日', 丢单原因: '价格' }),
    ];
    const list = sample('商机.csv', rows);
    expect(stagesOf(proposed(list))).toEqual([['方案', 0.5]]);
    expect(proposed(list).mapping).toMatchObject({
      columns: {
        deal: '商机编号',
        owner: '业务员',
        customer: '公司',
        expectedClose: '预计签约日期',
        reason: '丢单原因',
      },
      ...{ stands: { since: '更新时间' }, won: { time: '成交日期' }, lost: { time: '成交日期' } },
    });
    expect(become(list)).toEqual([
      ...[['ProspectAdded'], 'ignored', ['ProspectAdded'], ['DealWon'], ['ProspectAdded'], ['DealLost']],
    ]);
  });
});

describe('a log of steps', () => {
  const row = (deal: string, day: number, activity: string): Row => ({
    ...{ case_id: deal, timestamp: `2026-01-0${day} 10:00:00`, activity, resource: 'anna' },
  });
  const log = sample('log.csv', [
    row('a', 3, 'Contract signed'),
    row('a', 1, 'Visit'),
    row('b', 1, 'Visit'),
    row('a', 2, 'Quote'),
    row('b', 2, 'Cancelled'),
  ]);

  it('becomes a funnel of its steps in the order in which deals went through them', () => {
    expect(stagesOf(proposed(log))).toEqual([
      ['Visit', 0.33],
      ['Quote', 0.67],
    ]);
    expect(become(log)).toEqual([['ProspectAdded'], ['StageAdvanced'], ['DealWon'], ['ProspectAdded'], ['DealLost']]);
  });
});

describe('files that tell nothing of deals', () => {
  const wages = sample('wages.csv', [{ name: 'Anna', wage: '1' }]);

  it('get no proposal, but the columns that were expected', () => {
    const { kind, mapping: none, notes } = propose([wages], wishes);
    expect([kind, none]).toEqual([null, null]);
    expect(notes.map(({ code }) => code)).toEqual(['no-salesforce', 'no-deals', 'no-event-log']);
    expect(notes[0]?.text).toContain('wages.csv: name, wage');
  });

  it('are not taken for another kind than the one that was named', () => {
    const log = sample('log.csv', [{ case_id: 'a', timestamp: '2026-01-01', activity: 'x' }]);
    expect(propose([log], wishes, 'salesforce').kind).toBeNull();
    expect(propose([log], wishes).kind).toBe('event-log');
  });
});
