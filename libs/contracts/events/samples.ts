/** One stored payload of each event, as full as it gets. For specs. */
const money = { minor: 100_000_050, currency: 'CNY' };
const conversion = { original: { minor: 14_000_000, currency: 'USD' }, rate: '7.1429' };
const override = { reason: 'The customer signs today' };
const dealId = 'pumps';
const stage = {
  key: 'lead',
  label: 'Lead',
  weight: 0.25,
  part: 'top',
  maxDwellDays: 30,
  dwellIn: 'business-days',
  conversionTarget: 0.5,
  exitCriteria: [{ key: 'met', label: 'Met in person' }],
  ownerLocked: true,
  handover: 'phone',
};
const funnel = {
  funnelId: 'six-step',
  label: 'Six steps',
  currency: 'CNY',
  nextStepRule: true,
  nextStepGraceDays: 3,
  stages: [stage, { ...stage, key: 'need', maxDwellDays: null, conversionTarget: null, handover: null }],
};
const quota = { subject: 'rep-anna', year: 2026, amount: money, shares: [1, 1, 1, 2] };
const alertId = 'dwell-pumps-1';

export const storedSamples: Readonly<Record<string, object>> = {
  ProspectAdded: {
    dealId,
    title: 'Pumps',
    customer: { name: 'North Works', class: 'target', region: 'North', industry: 'Water' },
    amount: money,
    conversion,
    funnelId: 'six-step',
    stage: 'lead',
    ownerId: null,
    expectedClose: '2026-12-31',
    source: 'fair',
  },
  DealValued: { dealId, amount: money, conversion, expectedClose: null },
  StageAdvanced: { dealId, from: 'lead', to: 'need', reason: 'asked for an offer', override },
  StageRegressed: { dealId, from: 'need', to: 'lead', reason: 'project put off' },
  CriterionMet: { dealId, criterion: 'met' },
  CriterionWithdrawn: { dealId, criterion: 'met' },
  NextStepSet: {
    dealId,
    step: {
      action: 'Visit',
      dueAt: '2026-08-01T09:00:00+08:00',
      place: 'Harbin',
      people: ['Li Na'],
      purpose: 'agree on the schedule',
      content: 'bring the drawings',
    },
  },
  NextStepCompleted: { dealId, outcome: 'agreed' },
  OwnerReassigned: { dealId, from: null, to: 'anna', reason: 'she knows them', override },
  ContactLogged: { dealId, kind: 'visit', note: 'friendly', people: ['Li Na'] },
  WeightOverridden: { dealId, weight: 0.4, reason: 'the budget is there' },
  WeightOverrideCleared: { dealId },
  DealWon: { dealId, stage: 'closing', amount: money, conversion },
  DealLost: { dealId, stage: 'need', reason: 'price', competitor: 'Acme' },
  DealReopened: { dealId, stage: 'need', reason: 'they came back' },
  FunnelDefined: funnel,
  FunnelRevised: { ...funnel, reason: 'new weights' },
  QuotaSet: quota,
  QuotaRevised: { ...quota, reason: 'a merger' },
  RepJoined: { repId: 'anna', name: 'Anna', teamId: 'north', email: 'anna@example.com' },
  RepMoved: { repId: 'anna', from: 'north', to: null },
  TeamDefined: { teamId: 'north', name: 'North', leaderId: 'anna' },
  AlertRaised: {
    alertId,
    kind: 'stage-dwell',
    dealId,
    title: 'Pumps',
    funnelId: 'six-step',
    stage: 'lead',
    part: 'top',
    stageEntry: 1,
    ownerId: 'anna',
    since: '2026-06-01T00:00:00.000Z',
    dueAt: '2026-07-01T00:00:00.000Z',
    limitDays: 30,
    questions: ['Is the customer undecided?'],
  },
  AlertAcknowledged: { alertId, note: 'calling today' },
  AlertResolved: { alertId, because: 'moved-on' },
};
