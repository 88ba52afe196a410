/** The demonstration company: it sells machine tools. Skill moves how often a rep's deals advance. */
export const teams = [
  { id: 'north', name: 'North' },
  { id: 'east', name: 'East' },
  { id: 'south', name: 'South' },
];

export const reps = [
  { id: 'chen-jing', name: 'Chen Jing', teamId: 'north', skill: 1.12 },
  { id: 'liu-yang', name: 'Liu Yang', teamId: 'north', skill: 1.0 },
  { id: 'zhao-min', name: 'Zhao Min', teamId: 'north', skill: 0.92 },
  { id: 'sun-hao', name: 'Sun Hao', teamId: 'north', skill: 0.85 },
  { id: 'wu-fang', name: 'Wu Fang', teamId: 'east', skill: 1.18 },
  { id: 'lin-tao', name: 'Lin Tao', teamId: 'east', skill: 1.04 },
  { id: 'gao-yun', name: 'Gao Yun', teamId: 'east', skill: 0.96 },
  { id: 'he-lei', name: 'He Lei', teamId: 'east', skill: 0.88 },
  { id: 'deng-xia', name: 'Deng Xia', teamId: 'south', skill: 1.08 },
  { id: 'ma-qiang', name: 'Ma Qiang', teamId: 'south', skill: 1.0 },
  { id: 'tang-li', name: 'Tang Li', teamId: 'south', skill: 0.94 },
  { id: 'xu-ping', name: 'Xu Ping', teamId: 'south', skill: 0.8 },
];
export type DemoRep = (typeof reps)[number];

/** Per stage: odds of going on for a rep of skill 1, and the usual days there. */
export const stages = [
  {
    key: 'lead',
    label: 'Lead 潜在',
    part: 'top',
    weight: 0.1,
    maxDwellDays: 30,
    conversionTarget: 0.6,
    goesOn: 0.62,
    days: 12,
  },
  {
    key: 'contact',
    label: 'Contact 联系',
    part: 'top',
    weight: 0.2,
    maxDwellDays: 30,
    conversionTarget: 0.65,
    goesOn: 0.68,
    days: 14,
  },
  {
    key: 'need',
    label: 'Need 需求',
    part: 'middle',
    weight: 0.4,
    maxDwellDays: 45,
    conversionTarget: 0.7,
    goesOn: 0.74,
    days: 21,
  },
  {
    key: 'proposal',
    label: 'Proposal 方案',
    part: 'middle',
    weight: 0.6,
    maxDwellDays: 45,
    conversionTarget: 0.75,
    goesOn: 0.78,
    days: 24,
  },
  {
    key: 'negotiation',
    label: 'Negotiation 谈判',
    part: 'bottom',
    weight: 0.8,
    maxDwellDays: 30,
    conversionTarget: 0.8,
    goesOn: 0.82,
    days: 18,
  },
  {
    key: 'closing',
    label: 'Closing 成交',
    part: 'bottom',
    weight: 0.9,
    maxDwellDays: 21,
    conversionTarget: 0.9,
    goesOn: 0.88,
    days: 10,
  },
] as const;

export const products = [
  'Turning centre',
  'Milling centre',
  'Grinding line',
  'Laser cutter',
  'Press brake',
  'Retrofit',
];
export const regions = ['Beijing', 'Shandong', 'Jiangsu', 'Zhejiang', 'Guangdong', 'Fujian'];
export const industries = ['Automotive', 'Aerospace', 'Medical', 'Energy', 'Moulds', 'Electronics'];
export const firms = [
  'Hengda',
  'Xinrui',
  'Jinhua',
  'Ruifeng',
  'Tianyi',
  'Bolong',
  'Huasheng',
  'Yongxin',
  'Kaida',
  'Zhengtai',
];
export const lossReasons = ['price', 'competitor', 'project-stopped', 'no-budget', 'lost-contact'] as const;
export const contacts = ['call', 'visit', 'email', 'meeting', 'demo', 'message'] as const;

const columns = {
  deal: 'deal',
  time: 'time',
  activity: 'activity',
  owner: 'owner',
  amount: 'amount',
  title: 'title',
  customer: 'customer',
  region: 'region',
  industry: 'industry',
  expectedClose: 'expected_close',
};
/** Header of the generated file, in the order its rows are written. */
export const header = Object.values(columns);

/** How the generated rows become events: the same way as any imported file. */
export const demoMapping = {
  format: 'event-log',
  columns,
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  funnel: {
    id: 'demo',
    label: 'Demonstration: machine tools 演示：机床',
    stages: stages.map(({ goesOn: _, days: __, ...stage }) => stage),
  },
  owners: { on: ['*'], ignore: [''] },
  events: [
    { when: { activity: 'added' }, event: 'ProspectAdded', stage: 'lead' },
    ...stages.map(({ key }) => ({ when: { activity: `to:${key}` }, event: 'StageAdvanced', to: key })),
    ...contacts.map((kind) => ({ when: { activity: kind }, event: 'ContactLogged', kind })),
    { when: { activity: 'planned' }, event: 'NextStepSet', action: 'Follow up' },
    { when: { activity: 'followed up' }, event: 'NextStepCompleted' },
    { when: { activity: 'won' }, event: 'DealWon' },
    ...lossReasons.map((reason) => ({ when: { activity: `lost:${reason}` }, event: 'DealLost', reason })),
    { when: { activity: 'reopened' }, event: 'DealReopened', reason: 'the customer came back' },
    { when: { activity: 'valued' }, event: 'ContactLogged', kind: 'quote' },
  ],
};
