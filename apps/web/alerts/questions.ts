import type { Language } from '../language/languages.ts';

/** The questions of an alert are facts in the log, in English; for Chinese readers they are told in Chinese. */
const chinese: Readonly<Record<string, string>> = {
  'Is the customer still undecided?': '客户是否仍犹豫不决？',
  'Has the rep lost contact with the customer?': '销售人员是否已与客户失去联系？',
  'Is the customer torn between offers?': '客户是否在几家报价之间摇摆？',
  'Is the deal already lost to a competitor?': '是否其实已输给竞争对手？',
  'Does the customer disagree internally?': '客户内部是否意见不一？',
  'Is the money not in place yet?': '资金是否尚未到位？',
  'Is an approval missing, and whose?': '是否还缺审批，缺谁的审批？',
};

/** A question that this page does not know is told as it was asked. */
export const questionIn = (language: Language, question: string): string =>
  language === 'zh-CN' ? (chinese[question] ?? question) : question;
