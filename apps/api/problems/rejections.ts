import type { ProblemCode } from '@funnel/contracts';
import type {
  AlertRejection,
  AmountTooLarge,
  DealRejection,
  FunnelRejection,
  QuotaRejection,
  RepRejection,
  TeamRejection,
} from '@funnel/sales';
import { ProblemError } from './problem-error.ts';

/** Every "no" that a rule of selling may say to a command. */
export type Rejection =
  | DealRejection
  | FunnelRejection
  | QuotaRejection
  | RepRejection
  | TeamRejection
  | AlertRejection
  | AmountTooLarge
  | { readonly code: 'funnel-unknown'; readonly funnelId: string };
type Code = Rejection['code'];
type Of<Wanted extends Code> = Extract<Rejection, { code: Wanted }>;

const listed = (items: readonly string[]) => items.join(', ');

/** What each of them says to a person: what was wrong, and what was expected. */
const sentences: { readonly [Wanted in Code]: (rejection: Of<Wanted>) => string } = {
  'deal-absent': () => 'There is no deal of this id.',
  'deal-exists': () => 'A deal of this id is there already; leave the id out to get a new one.',
  'deal-not-open': ({ status }) => `The deal is closed as ${status}; reopen it first.`,
  'deal-not-closed': () => 'The deal is open; only a won or lost deal can be reopened.',
  'stage-unknown': ({ stage, stages }) => `The funnel has no stage "${stage}"; expected one of ${stages.join(', ')}.`,
  'stage-not-ahead': ({ from, to }) => `"${to}" is not ahead of "${from}"; use regress to go back.`,
  'stage-not-behind': ({ from, to }) => `"${to}" is not behind "${from}"; use advance to go on.`,
  'criteria-unmet': ({ unmet }) =>
    `Exit criteria of the present stage are not met: ${listed(unmet)}; meet them, or a manager overrides with a reason.`,
  'criterion-unknown': ({ criterion }) => `The funnel has no exit criterion "${criterion}".`,
  'override-not-permitted': () => 'Only a manager may override a rule.',
  'owner-locked': ({ stage }) => `In stage "${stage}" the owner is locked; a manager may override with a reason.`,
  'no-open-next-step': () => 'The deal has no open next step that could be completed.',
  'next-step-due-in-past': ({ dueAt }) => `A next step lies ahead, but ${dueAt} is before the step was set.`,
  'occurred-before-added': ({ addedAt }) => `The deal was added at ${addedAt}; nothing happened to it before.`,
  'occurred-while-closed': ({ from, until }) =>
    `The deal was closed from ${from} until ${until}; this happens to open deals only.`,
  'occurred-in-future': ({ occurredAt }) => `${occurredAt} is still to come; only what has happened is recorded.`,
  'occurred-before-latest-change': ({ facet, latest }) =>
    `The ${facet} was changed at ${latest} already; a change of it cannot be dated before that.`,
  'amount-negative': () => 'An amount is 0 or more.',
  'amount-too-large': () => 'The amount is larger than the product counts exactly.',
  'currency-mismatch': ({ expected, got }) =>
    `Expected an amount in ${expected}, got ${got}; send "rate", how many ${expected} one ${got} is worth, beside it.`,
  'funnel-unknown': ({ funnelId }) => `There is no funnel "${funnelId}".`,
  'stages-missing': () => 'A funnel has at least one stage.',
  'stage-repeated': ({ stages }) => `Each stage has a key of its own; repeated: ${listed(stages)}.`,
  'criterion-repeated': ({ criteria }) =>
    `Each criterion has a key of its own in the funnel; repeated: ${listed(criteria)}.`,
  'stage-removed': ({ stages }) => `Deals may stand or have stood in every stage; keep ${listed(stages)}.`,
  'currency-fixed': ({ currency }) => `The funnel counts in ${currency}, and its currency never changes.`,
  'rep-exists': () => 'A salesperson of this id is there already, with other content.',
  'rep-absent': () => 'There is no salesperson of this id.',
  'alert-absent': () => 'There is no alert of this id.',
  'alert-resolved': () => 'The cause of the alert is gone already.',
  'no-longer-due': () => 'The deal no longer stands over its limit.',
};

/** What the rejection says beside its sentence travels along, for programs. */
export const refused = (rejection: Rejection): ProblemError => {
  const { code, ...members } = rejection;
  const sentence = sentences[code] as (rejection: Rejection) => string;
  // A member of this name would hide the HTTP status.
  const { status: dealStatus, ...others } = members as { status?: string };
  const told = dealStatus === undefined ? others : { ...others, dealStatus };
  return new ProblemError(code satisfies ProblemCode, sentence(rejection), { members: told });
};
