import type { ProblemCode } from '@funnel/contracts';
import { ApiProblem } from '../api/problem.ts';
import { useLanguage, type Language } from './languages.ts';

type Code = ProblemCode | 'unreachable' | 'unknown';

/** The product explains itself in English; in Chinese each refusal has a sentence of its own. */
const chinese: Readonly<Record<Code, string>> = {
  malformed: '请求内容无法识别',
  unauthenticated: '请先登录',
  forbidden: '您的角色无权执行此操作',
  'not-found': '没有找到',
  'method-not-allowed': '不支持此操作',
  'stale-revision': '在您查看之后，内容已被他人修改',
  'payload-too-large': '内容过大',
  'unsupported-media-type': '不支持此格式',
  'idempotency-key-reused': '该请求标识已被其他请求使用',
  conflict: '有人正在同时修改，请重试',
  internal: '系统内部出错',
  unavailable: '系统的一部分暂时无法连接',
  'view-behind': '数据尚未更新完毕，请稍候',
  'view-of-other-version': '新版本的数据正在生成，请稍候',
  'deal-absent': '没有该商机',
  'rep-absent': '没有该销售人员',
  'alert-absent': '没有该预警',
  'override-not-permitted': '只有经理可以破例放行',
  'deal-exists': '该商机已存在',
  'deal-not-open': '该商机已关闭',
  'deal-not-closed': '该商机仍在进行中',
  'no-open-next-step': '没有待办的下一步',
  'rep-exists': '该销售人员已存在',
  'alert-resolved': '该预警已解除',
  'no-longer-due': '预警原因已消失',
  'funnel-unknown': '没有该漏斗',
  'stage-unknown': '没有该阶段',
  'stage-not-ahead': '目标阶段不在前方',
  'stage-not-behind': '目标阶段不在后方',
  'criteria-unmet': '尚未满足本阶段的推进条件',
  'criterion-unknown': '没有该推进条件',
  'owner-locked': '本阶段负责人已锁定',
  'next-step-due-in-past': '下一步的时间已经过去',
  'occurred-before-added': '发生时间早于商机建立',
  'occurred-while-closed': '发生时间在商机关闭期间',
  'occurred-in-future': '发生时间在未来',
  'occurred-before-latest-change': '发生时间早于最近一次变更',
  'amount-negative': '金额不能为负',
  'amount-too-large': '金额过大',
  'currency-mismatch': '币种不一致',
  'stages-missing': '漏斗没有阶段',
  'stage-repeated': '阶段重复',
  'criterion-repeated': '推进条件重复',
  'stage-removed': '遗漏了一个阶段',
  'currency-fixed': '币种不可更改',
  'file-unreadable': '文件无法读取',
  'mapping-column-missing': '文件缺少映射所需的列',
  'mapping-needed': '无法从文件判断读取方式，请提供映射',
  'not-sealed': '尚无签名根覆盖此内容',
  'log-contradicts-roots': '日志与其签名根相矛盾',
  'funnel-differs': '漏斗与现有的不一致',
  'calibration-moved': '历史记录已有变化，请重新查看校准结果',
  unreachable: '无法连接服务器',
  unknown: '出现未知错误',
};
const english: Readonly<Partial<Record<Code, string>>> = {
  unreachable: 'The server cannot be reached.',
  unknown: 'Something unexpected happened.',
};

/** What went wrong in a sentence for people. */
export const sayProblem = (error: unknown, language: Language): string => {
  if (!(error instanceof ApiProblem)) return error instanceof Error ? error.message : String(error);
  // A code that this page does not know yet is told in the product's own words.
  if (language === 'zh-CN') return chinese[error.code] ?? error.message;
  return english[error.code] ?? error.message;
};

export const useProblemText = (): ((error: unknown) => string) => {
  const { language } = useLanguage();
  return (error) => sayProblem(error, language);
};
