/** What people and programs call the columns of lists of deals, the most telling names first. Spaces make no difference. */
const names = {
  deal: [
    /^(deal|opportunity|opp|lead|case)?(id|key|number|no\.?|#)$/,
    /^(recordid|caseid|case:concept:name|18digitid|商机(编号|id))$/,
  ],
  title: [/^(deal|opportunity|opp)?(name|title)$/, /^(deal|opportunity|商机名称|项目名称)$/],
  created: [
    /^(created?|date)?(date|at|on|time)?created$/,
    /^(deal)?created?(date|at|on|time)?$/,
    /^(opened|added|start)(date|at|on)?$/,
    /^(创建|录入|登记)(日期|时间)$/,
  ],
  time: [
    /^(time:)?time_?stamp$/,
    /^(event|change|changed)?(date|time|at|on|when)$/,
    /^(date|time)$/,
    /^(发生|变更)?(日期|时间)$/,
  ],
  activity: [/^concept:name$/, /^(activity|event|action|newstage|tostage|活动|事件|新阶段)$/],
  stage: [/^(deal|opportunity|pipeline|sales)?stage(name)?$/, /^(deal|lead)?status$/, /^(销售)?阶段$/],
  since: [
    /^(last)?stage(change|changed|entered)(date|at|on)?$/,
    /^(last)?(modified|updated|activity)(date|at|on)?$/,
    /^(date)?(last)?(modified|updated)$/,
    /^(进入阶段|阶段变更|阶段更新|最后修改|最近修改|更新|修改)(日期|时间)$/,
  ],
  owner: [
    /^(deal|opportunity|record)?owner(name|alias)?$/,
    /^(sales)?rep(resentative)?$/,
    /^(org:resource|resource|assignedto|assignee|负责人|销售|销售员|业务员|所有人)$/,
  ],
  amount: [/^(deal|opportunity)?(amount|value)$/, /^(total|sum|price|revenue|acv|tcv|(商机|预计|销售)?金额)$/],
  currency: [/^(deal)?currency(iso)?(code)?$/, /^币种$/],
  customer: [/^(account|customer|company|client|organi[sz]ation|associatedcompany)(name)?$/, /^(客户|公司)(名称)?$/],
  region: [/^(region|territory|country|state|地区|区域)$/],
  industry: [/^(industry|sector|(所属)?行业)$/],
  source: [/^(lead|deal|original)?source$/, /^(商机|线索)?来源$/],
  expectedClose: [
    /^(expected|estimated|forecast)?clos(e|ing)(date|at|on)?$/,
    /^预计(成交|签单|结单|签约|关闭)(日期|时间)$/,
  ],
  won: [/^(closed)?won(date|at|on|time)$/, /^(date|closed)won$/, /^won$/, /^赢单(日期|时间)$/],
  lost: [/^(closed)?lost(date|at|on|time)$/, /^(date|closed)lost$/, /^lost$/, /^输单(日期|时间)$/],
  closed: [
    /^(actual)?closed(date|at|on|time)?$/,
    /^dateclosed$/,
    /^(实际)?(成交|关闭|结束|结单|签单|签约)(日期|时间)$/,
  ],
  reason: [/^(closed)?(lost|loss)reason$/, /^reason(for)?(loss|lost)?$/, /^(输单|丢单)原因$/],
  probability: [
    /^(deal)?probability(%|\(%\))?$/,
    /^(win)?(probability|likelihood)(%|\(%\))?$/,
    /^(赢率|成功率)(%|\(%\)|（%）)?$/,
  ],
} as const satisfies Record<string, readonly RegExp[]>;
export type Meaning = keyof typeof names;

const bare = (column: string): string => column.toLowerCase().replace(/[\s_-]+/g, '');

/** Which columns seem to mean what, by their names; each column means one thing. */
export const meaningsOf = (header: readonly string[]): Partial<Record<Meaning, string>> => {
  const found: Partial<Record<Meaning, string>> = {};
  const taken = new Set<string>();
  for (const [meaning, patterns] of Object.entries(names) as [Meaning, readonly RegExp[]][]) {
    const column = patterns
      .flatMap((pattern) => header.filter((name) => pattern.test(bare(name))))
      .find((name) => !taken.has(name));
    if (column === undefined) continue;
    found[meaning] = column;
    taken.add(column);
  }
  return found;
};

const entered = [
  /^date entered "?(.+?)"?( \(.*\))?$/i,
  /^(.+?)[ _-]*(entered|entered at|entered on|since|date|at)$/i,
  /^进入(.+?)(日期|时间)$/,
];

/** The stage that a column of dates seems to tell the beginning of, for instance `Date entered "Proposal"`. */
export const stageEntered = (column: string): string =>
  entered.map((pattern) => pattern.exec(column)?.[1]?.trim()).find(Boolean) ?? column;
