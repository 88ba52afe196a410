import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';

/** How much of its limit a stay has used up, 0..1. */
const usedUp = ({ dwellSeconds, limitSeconds }: OpenDeal): number =>
  limitSeconds === null ? 0 : Math.min(1, dwellSeconds / limitSeconds);

/** A thin bar: the age of a stay against its limit. The card says the same in words. */
export function AgeBar({ deal }: { deal: OpenDeal }) {
  return (
    <span className="age-bar" data-state={deal.state} aria-hidden>
      <span style={{ inlineSize: `${usedUp(deal) * 100}%` }} />
    </span>
  );
}
