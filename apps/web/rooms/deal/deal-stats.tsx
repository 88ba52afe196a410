import { useStageNames } from '../../deals/use-funnel.ts';
import { timesWeight } from '../../deals/weighted.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import { useOwnerNames } from '../../frame/people.ts';
import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import type { ShownDeal } from './deal-room.tsx';
import { roomWords } from './words.ts';

interface StatProps {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
}

function Stat({ name, value, more }: StatProps) {
  return (
    <div className="stat">
      <dt className="stat-name">{name}</dt>
      <dd className="stat-value">{value}</dd>
      {more && <dd className="stat-more">{more}</dd>}
    </div>
  );
}

const useWeightWhy = ({ effectiveWeight: { value, because } }: ShownDeal): string => {
  const t = useWords(roomWords);
  const formats = useFormats();
  const weight = formats.percent(value);
  const why = {
    won: t('weightWon'),
    lost: t('weightLost'),
    'no-next-step': t('weightNoStep'),
    override: t('weightOverride', { weight }),
    stage: t('weightStage', { weight }),
  };
  return why[because];
};

const useStandingStat = ({ deal, funnel, shownAt }: DealStatsProps): StatProps => {
  const t = useWords(roomWords);
  const formats = useFormats();
  const stageName = useStageNames(funnel);
  if (deal.closedAt !== null) {
    return { name: t('closedAt'), value: formats.day(deal.closedAt), more: deal.lostReason ?? '' };
  }
  const limit = funnel.stages.find(({ key }) => key === deal.stage)?.maxDwellDays ?? null;
  return {
    name: t('inStageSince', { stage: stageName(deal.stage) }),
    value: formats.duration((shownAt - Date.parse(deal.since)) / 1_000),
    more: limit === null ? t('noLimit') : t('ofLimit', { limit: formats.duration(limit * 86_400) }),
  };
};

export interface DealStatsProps {
  readonly deal: ShownDeal;
  readonly funnel: Funnel;
  readonly shownAt: number;
}

/** What one wants to know of a deal at first sight. */
export function DealStats(props: DealStatsProps) {
  const { deal, shownAt } = props;
  const t = useWords(roomWords);
  const frame = useWords(frameWords);
  const formats = useFormats();
  const ownerName = useOwnerNames();
  const weightWhy = useWeightWhy(deal);
  const standing = useStandingStat(props);
  const { count, days } = deal.pushes;
  const lastContact = deal.lastContactAt === null ? t('never') : formats.ago(deal.lastContactAt, shownAt);
  return (
    <dl className="stats">
      <Stat name={frame('amount')} value={formats.wholeMoney(deal.amount)} />
      <Stat
        name={t('weightedAmount')}
        value={formats.wholeMoney(timesWeight(deal.amount, deal.effectiveWeight.value))}
        more={weightWhy}
      />
      <Stat {...standing} />
      <Stat name={frame('owner')} value={ownerName(deal.ownerId) ?? frame('nobody')} />
      <Stat
        name={frame('expectedClose')}
        value={deal.expectedClose === null ? '–' : formats.day(deal.expectedClose)}
        more={count === 0 ? t('neverPushed') : t('pushed', { count, days })}
      />
      <Stat name={t('lastContact')} value={lastContact} more={t('contacts', { count: deal.contacts })} />
    </dl>
  );
}
