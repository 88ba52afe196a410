import { defineWords, useWords } from '../../language/words.ts';
import type { Job, Preview } from './imports.ts';

const rowWords = defineWords(
  'import-rows',
  {
    fault_unreadable: '{{fault}}',
    fault_empty: 'is empty',
    'fault_invalid-id':
      'cannot be an id: letters, digits, ".", "_", "-", at most 100; or "ids": "tidied" in the mapping',
    'fault_same-id': 'has the id "{{id}}" once tidied, as "{{other}}" has',
    'fault_invalid-time': 'is no time; expected one such as {{example}}',
    'fault_invalid-date': 'is no date; expected one such as {{example}}',
    'fault_too-long': 'is too long; expected at most {{most}} characters',
    'fault_in-future': 'has yet to come; expected what has happened',
    'fault_out-of-order':
      'is earlier than the row before it of the same deal; put them in order of time, or "order": "time" in the mapping',
    'fault_missing-amount': 'is missing: a deal begins with an amount',
    'fault_invalid-amount': 'is no amount in {{currency}}; expected at most {{decimals}} decimals behind "{{sign}}"',
    'fault_negative-amount': 'is negative; expected 0 or more',
    'fault_other-currency': 'is another currency than the funnel’s {{currency}}',
    'fault_invalid-percentage': 'is no percentage; expected 0 to 100 with at most 2 decimals',
    'fault_no-event': 'is no event “{{type}}” of a deal in this funnel, as exports tell it',
    'fault_deal-exists': 'adds deal {{deal}}, which is there already and began otherwise: nothing of it was taken',
    'fault_unknown-deal': 'comes before the row that adds deal {{deal}}',
    stoppedAt: '{{file}}, line {{line}}: {{field}} "{{value}}" {{reason}}',
    stoppedAtRow: '{{file}}, line {{line}}: the row {{reason}}',
    ignored_unmapped: 'Ignored: no rule of the mapping is about it',
    ignored_repeated: 'Ignored: only the first such row counts',
    'ignored_already-there': 'Ignored: the deal stands there already',
    ignored_closed: 'Ignored: the deal is closed',
    ignored_open: 'Ignored: the deal is open',
  },
  {
    fault_unreadable: '无法按 CSV 读取：{{fault}}',
    fault_empty: '为空',
    'fault_invalid-id': '不能作为编号：只能用字母、数字和“.”“_”“-”，最多 100 个字符；或在映射中写 "ids": "tidied"',
    'fault_same-id': '整理后编号为“{{id}}”，与“{{other}}”相同',
    'fault_invalid-time': '不是时间；应写成 {{example}} 这样',
    'fault_invalid-date': '不是日期；应写成 {{example}} 这样',
    'fault_too-long': '过长；最多 {{most}} 个字符',
    'fault_in-future': '尚未发生；应为已经发生的时间',
    'fault_out-of-order': '早于同一商机的上一行；请按时间排序，或在映射中写 "order": "time"',
    'fault_missing-amount': '缺失：新商机必须有金额',
    'fault_invalid-amount': '不是 {{currency}} 金额；“{{sign}}”后最多 {{decimals}} 位小数',
    'fault_negative-amount': '为负数；应为 0 或更大',
    'fault_other-currency': '与漏斗的币种 {{currency}} 不同',
    'fault_invalid-percentage': '不是百分比；应为 0 到 100，最多 2 位小数',
    'fault_no-event': '不是导出文件中本漏斗商机的“{{type}}”事件',
    'fault_deal-exists': '所添加的商机 {{deal}} 已存在且开头不同，其内容均未导入',
    'fault_unknown-deal': '出现在添加商机 {{deal}} 的行之前',
    stoppedAt: '{{file}} 第 {{line}} 行：{{field}}“{{value}}”{{reason}}',
    stoppedAtRow: '{{file}} 第 {{line}} 行：{{reason}}',
    ignored_unmapped: '已忽略：映射中没有对应的规则',
    ignored_repeated: '已忽略：只有第一次出现的行有效',
    'ignored_already-there': '已忽略：商机已在该阶段',
    ignored_closed: '已忽略：商机已关闭',
    ignored_open: '已忽略：商机仍未关闭',
  },
);

export type RowError = Job['errors'][number];

/** Says why rows are faulty or ignored. */
export const useRowWords = () => {
  const t = useWords(rowWords);
  const faultOf = ({ code, details }: RowError): string => t(`fault_${code}`, details);
  return {
    faultOf,
    ignoredBecause: (because: NonNullable<Preview['rows'][number]['ignoredBecause']>): string =>
      t(`ignored_${because}`),
    stoppedAt: (error: RowError): string => {
      const { file, line, field, value } = error;
      return t(field === '' ? 'stoppedAtRow' : 'stoppedAt', { file, line, field, value, reason: faultOf(error) });
    },
  };
};
