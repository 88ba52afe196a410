import { defineWords } from '../../language/words.ts';

export const formWords = defineWords(
  'form',
  {
    cancel: 'Cancel',
    required: 'Please fill this in',
    expected: 'Expected: {{expected}}',
    earlier: 'It happened earlier',
    happened: 'When it happened',
    happenedHint: 'What was written and what happened are kept as two times.',
    sending: 'Saving',
    optional: 'optional',
  },
  {
    cancel: '取消',
    required: '请填写此项',
    expected: '应为：{{expected}}',
    earlier: '此事发生得更早',
    happened: '发生时间',
    happenedHint: '记录时间与发生时间会分别保存。',
    sending: '保存中',
    optional: '可选',
  },
);
