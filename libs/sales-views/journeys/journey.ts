import type { DealEvent } from '@funnel/sales';

export type ContactKind = Extract<DealEvent, { type: 'ContactLogged' }>['data']['kind'];

/**
 * `t` business time and `n` record time (noted) in ms; `r` revision in the deal's stream, which names the event (see
 * `deal-timeline`).
 */
interface Dated {
  readonly t: number;
  readonly n: number;
  readonly r: number;
}

/**
 * What reports need of one event. Names are short because a company keeps tens of millions: `k` kind, `s` stage, `m` minor
 * units, `c` currency where it is not the journey's, `o` owner, `f` the owner before, `x` expected close (a date), `w`
 * weight as a decimal, `d` when a next step is due.
 */
export type Fact = Dated &
  (
    | {
        readonly k: 'added';
        readonly s: string;
        readonly m: number;
        readonly o: string | null;
        readonly x: string | null;
      }
    | { readonly k: 'advanced' | 'regressed' | 'reopened'; readonly s: string }
    | { readonly k: 'valued'; readonly m?: number; readonly c?: string; readonly x?: string | null }
    | { readonly k: 'owned'; readonly o: string | null; readonly f: string | null }
    | { readonly k: 'weighed'; readonly w: number | null }
    | { readonly k: 'planned'; readonly d: number | null }
    | { readonly k: 'stepped' }
    | { readonly k: 'contacted'; readonly how: ContactKind }
    | { readonly k: 'met' | 'unmet' }
    | { readonly k: 'won'; readonly m: number; readonly c?: string }
    | { readonly k: 'lost'; readonly why: string }
  );
export type FactKind = Fact['k'];

/**
 * One deal as a course in time. Facts are ordered by business time, those of one instant as they were recorded; a fact
 * that was entered late stands where it belongs.
 */
export interface Journey {
  readonly dealId: string;
  readonly title: string;
  readonly funnelId: string;
  readonly currency: string;
  readonly customer: { readonly name: string; readonly region: string | null; readonly industry: string | null };
  readonly addedAt: number;
  readonly facts: readonly Fact[];
}
