import { defineWords, useWords } from '../../language/words.ts';
import type { Preview } from './imports.ts';

const noteWords = defineWords(
  'import-notes',
  {
    'brings-mapping': 'The file brings its mapping along.',
    'all-taken-for-stages': 'Every "{{column}}" is taken for a stage; leave out those that are none.',
    'even-weights': 'The files tell no probabilities: weights are spread evenly.',
    'titles-for-ids': 'No column names the deals: their titles are taken for it.',
    'no-since': 'No column tells since when a deal stands in its stage.',
    'no-won': 'No column tells when a deal was won.',
    'no-lost': 'No column tells when a deal was lost.',
    'no-history': 'There is no OpportunityHistory: each deal shows only how it stands now.',
    'no-opportunities': 'There is no Opportunity file: deals have no names, and those without history are missing.',
    'no-accounts': 'There is no Account file: customers are named after their deals.',
    'recorders-for-owners': 'The files name no owner: whoever recorded a step is taken for the owner.',
    'no-salesforce':
      'No export of Salesforce: expected OpportunityHistory (OpportunityId, StageName, CreatedDate …), Opportunity and Account; found {{found}}.',
    'no-deals':
      'No list of deals: expected one row per deal with its id, the date on which it was created, and dates or names of its stages; found {{found}}.',
    'no-event-log':
      'No event log: expected rows with the id of a deal, a time, and an activity or stage; found {{found}}.',
  },
  {
    'brings-mapping': '文件自带映射。',
    'all-taken-for-stages': '“{{column}}”中的每个名称都被当作阶段；请去掉不是阶段的。',
    'even-weights': '文件中没有概率：权重按阶段均匀递增。',
    'titles-for-ids': '没有商机编号列：以商机名称作为编号。',
    'no-since': '没有一列说明商机何时进入当前阶段。',
    'no-won': '没有一列说明商机何时赢单。',
    'no-lost': '没有一列说明商机何时输单。',
    'no-history': '没有 OpportunityHistory 文件：每个商机只显示当前状态。',
    'no-opportunities': '没有 Opportunity 文件：商机没有名称，且缺少没有历史记录的商机。',
    'no-accounts': '没有 Account 文件：客户以商机名称命名。',
    'recorders-for-owners': '文件中没有负责人：以记录该步骤的人为负责人。',
    'no-salesforce':
      '不是 Salesforce 的导出文件：应有 OpportunityHistory（OpportunityId、StageName、CreatedDate 等）、Opportunity 和 Account；实际为 {{found}}。',
    'no-deals': '不是商机清单：应每个商机一行，含编号、创建日期，以及各阶段的日期或名称；实际为 {{found}}。',
    'no-event-log': '不是事件日志：每行应有商机编号、时间，以及活动或阶段；实际为 {{found}}。',
  },
);

/** Says what was guessed of files, or why nothing is proposed for them. */
export const useNoteWords = () => {
  const t = useWords(noteWords);
  return ({ code, details }: Preview['notes'][number]): string => t(code, details);
};
