import { defineWords, useWords } from '../../language/words.ts';

const english = {
  ProspectAdded: 'Prospect added',
  DealValued: 'Amount or close changed',
  StageAdvanced: 'Advanced',
  StageRegressed: 'Moved back',
  CriterionMet: 'Criterion met',
  CriterionWithdrawn: 'Criterion withdrawn',
  NextStepSet: 'Next step set',
  NextStepCompleted: 'Next step done',
  OwnerReassigned: 'Owner changed',
  ContactLogged: 'Contact',
  WeightOverridden: 'Weight set',
  WeightOverrideCleared: 'Weight of the stage again',
  DealWon: 'Won',
  DealLost: 'Lost',
  DealReopened: 'Opened again',
  FunnelDefined: 'Funnel defined',
} as const;

const eventWords = defineWords('events', english, {
  ProspectAdded: '新增商机',
  DealValued: '金额或预计成交变更',
  StageAdvanced: '推进',
  StageRegressed: '退回',
  CriterionMet: '满足推进条件',
  CriterionWithdrawn: '撤回推进条件',
  NextStepSet: '设定下一步',
  NextStepCompleted: '完成下一步',
  OwnerReassigned: '更换负责人',
  ContactLogged: '联系记录',
  WeightOverridden: '设定权重',
  WeightOverrideCleared: '恢复阶段权重',
  DealWon: '赢单',
  DealLost: '丢单',
  DealReopened: '重新打开',
  FunnelDefined: '定义漏斗',
});

const isNamed = (type: string): type is keyof typeof english => type in english;

/** What a kind of event is called, by the name that mappings have for it. */
export const useEventNames = (): ((type: string) => string) => {
  const t = useWords(eventWords);
  return (type) => (isNamed(type) ? t(type) : type);
};
