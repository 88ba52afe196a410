import type { Language } from './languages.ts';

/** What the funnels that every company starts with are called in Chinese; whatever a company names itself stays as it is. */
const presets: Readonly<Record<string, string>> = {
  'Funnel list': '漏斗清单',
  Quarters: '三分法',
  'Six steps': '六步法',
  Opportunity: '机会',
  Top: '上部',
  Middle: '中部',
  Bottom: '下部',
  Lead: '潜在',
  Contact: '联系',
  Need: '需求',
  Proposal: '方案',
  Negotiation: '谈判',
  Closing: '成交',
  'First appointment done': '完成FA',
  "Customer's project approved": '客户立项',
  'Sales plan made': '推进计划',
  'Right person': '正确的人',
  'Right proposal': '正确的方案',
  Budget: '预算',
  Schedule: '时间表',
  'Contract on the desk': '合同待签',
  'Only supplier': '唯一供应商',
};

/** `Lead 潜在` is a name in both languages, of which each reader gets his own. */
export const nameIn = (language: Language, label: string): string => {
  const [, english, chinese] =
    /^([\x20-\x7e]+?)\s+([\p{Script=Han}][\p{Script=Han}\p{N}：:，、（） -]*)$/u.exec(label) ?? [];
  if (english && chinese) return language === 'en' ? english : chinese;
  return language === 'zh-CN' ? (presets[label] ?? label) : label;
};
