import { defineWords } from '../language/words.ts';

/** In the order of how often they happen. */
export const contactKinds = [
  'call',
  'visit',
  'meeting',
  'email',
  'message',
  'demo',
  'sample',
  'quote',
  'other',
] as const;
export type ContactKind = (typeof contactKinds)[number];

export const contactWords = defineWords(
  'contacts',
  {
    visit: 'Visit',
    call: 'Call',
    email: 'E-mail',
    message: 'Message',
    meeting: 'Meeting',
    demo: 'Demonstration',
    sample: 'Sample',
    quote: 'Quote',
    other: 'Other contact',
  },
  {
    visit: '拜访',
    call: '电话',
    email: '邮件',
    message: '消息',
    meeting: '会议',
    demo: '演示',
    sample: '样品',
    quote: '报价',
    other: '其他联系',
  },
);
