import type { Formats, Money } from '../../../language/formats.ts';
import type { Translate } from '../../../language/words.ts';
import type { SentenceWord } from './sentence-words.ts';
import type { Told } from './told.ts';

/** What a sentence needs to name things. */
export interface Speech {
  readonly t: Translate<SentenceWord>;
  readonly formats: Formats;
  stage(key: string): string;
  owner(id: string | null): string;
  criterion(key: string): string;
  contact(kind: string): string;
}

/** An event in words: what happened, and what was said about it. */
export interface Sentence {
  readonly text: string;
  /** A reason, a note, an outcome: in people's own words. */
  readonly remark?: string | undefined;
  /** Why a rule was overridden. */
  readonly override?: string | undefined;
}

type Teller = (told: Told, speech: Speech) => Sentence;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const overrideOf = ({ data }: Told): string | undefined =>
  textOf((data['override'] as { reason?: string } | undefined)?.reason);

const moved =
  (word: 'advanced' | 'regressed'): Teller =>
  (told, { t, stage }) => ({
    text: t(word, { from: stage(String(told.data['from'])), to: stage(String(told.data['to'])) }),
    remark: textOf(told.data['reason']),
    override: overrideOf(told),
  });

const worth = ({ data, before }: Told, { t, formats }: Speech): string[] => {
  const amount = data['amount'] as Money | undefined;
  if (!amount) return [];
  const to = formats.wholeMoney(amount);
  return [before.amount ? t('valued', { from: formats.wholeMoney(before.amount), to }) : t('worth', { to })];
};

const closing = ({ data, before }: Told, { t, formats }: Speech): string[] => {
  if (data['expectedClose'] === undefined) return [];
  const day = (date: unknown) => (typeof date === 'string' ? formats.day(date) : t('unknownDay'));
  return [t('closeMoved', { from: day(before.expectedClose), to: day(data['expectedClose']) })];
};

interface Step {
  readonly action: string;
  readonly dueAt: string | null;
  readonly [more: string]: unknown;
}
const planned: Teller = ({ data }, { t, formats }) => {
  const { action, dueAt, place, people, purpose, content } = data['step'] as Step;
  const said = [place, Array.isArray(people) ? people.join(', ') : undefined, purpose, content].filter(Boolean);
  return {
    text: dueAt === null ? t('planned', { action }) : t('plannedFor', { action, due: formats.time(dueAt) }),
    remark: said.length ? said.join(' · ') : undefined,
  };
};

const contacted: Teller = ({ data }, { t, contact }) => {
  const people = Array.isArray(data['people']) ? (data['people'] as string[]) : [];
  const kind = contact(String(data['kind']));
  return {
    text: people.length ? t('contactedWith', { kind, people: people.join(', ') }) : kind,
    remark: textOf(data['note']),
  };
};

const lost: Teller = ({ data }, { t, stage }) => {
  const where = stage(String(data['stage']));
  const competitor = textOf(data['competitor']);
  return {
    text: competitor ? t('lostTo', { stage: where, competitor }) : t('lost', { stage: where }),
    remark: textOf(data['reason']),
  };
};

const tellers: Readonly<Record<string, Teller>> = {
  ProspectAdded: ({ data }, { t, stage, formats }) => ({
    text: t('added', { stage: stage(String(data['stage'])), amount: formats.wholeMoney(data['amount'] as Money) }),
    remark: textOf(data['source']),
  }),
  DealValued: (told, speech) => ({ text: [...worth(told, speech), ...closing(told, speech)].join(' · ') }),
  StageAdvanced: moved('advanced'),
  StageRegressed: moved('regressed'),
  CriterionMet: ({ data }, { t, criterion }) => ({
    text: t('met', { criterion: criterion(String(data['criterion'])) }),
  }),
  CriterionWithdrawn: ({ data }, { t, criterion }) => ({
    text: t('withdrawn', { criterion: criterion(String(data['criterion'])) }),
  }),
  NextStepSet: planned,
  NextStepCompleted: ({ data, before }, { t }) => ({
    text: before.action ? t('done', { action: before.action }) : t('doneUnknown'),
    remark: textOf(data['outcome']),
  }),
  NextStepLapsed: ({ before }, { t }) => ({ text: t('lapsed', { action: before.action ?? '' }) }),
  OwnerReassigned: (told, { t, owner }) => ({
    text: t('reassigned', {
      from: owner(told.data['from'] as string | null),
      to: owner(told.data['to'] as string | null),
    }),
    remark: textOf(told.data['reason']),
    override: overrideOf(told),
  }),
  ContactLogged: contacted,
  WeightOverridden: ({ data, before }, { t, formats }) => {
    const to = formats.percent(Number(data['weight']));
    const from = before.weight === undefined ? undefined : formats.percent(before.weight);
    return {
      text: from === undefined ? t('weighed', { to }) : t('reweighed', { from, to }),
      remark: textOf(data['reason']),
    };
  },
  WeightOverrideCleared: (_, { t }) => ({ text: t('unweighed') }),
  DealWon: ({ data }, { t, formats }) => ({ text: t('won', { amount: formats.wholeMoney(data['amount'] as Money) }) }),
  DealLost: lost,
  DealReopened: ({ data }, { t, stage }) => ({
    text: t('reopened', { stage: stage(String(data['stage'])) }),
    remark: textOf(data['reason']),
  }),
};

/** An event in words. One of a kind that this page does not know yet is told by its name. */
export const sentenceOf = (told: Told, speech: Speech): Sentence =>
  tellers[told.type]?.(told, speech) ?? { text: told.type };
