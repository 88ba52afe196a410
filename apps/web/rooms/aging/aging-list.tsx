import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import { useStageNames } from '../../deals/use-funnel.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import { useOwnerNames } from '../../frame/people.ts';
import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { useBucketNames } from './heat-map.tsx';
import { agingRoute } from './route.ts';
import { agingWords } from './words.ts';

const daysIn = (seconds: number): number => Math.floor(seconds / 86_400);
const tags = { ok: 'tag-good', due: 'tag-warn', over: 'tag-bad', stale: 'tag-bad' } as const;

const useColumns = (funnel: Funnel): Column<OpenDeal>[] => {
  const t = useWords(agingWords);
  const frame = useWords(frameWords);
  const formats = useFormats();
  const stageName = useStageNames(funnel);
  const ownerName = useOwnerNames();
  return [
    {
      key: 'title',
      name: frame('deal'),
      value: ({ title }) => title,
      show: ({ id, title }) => (
        <Link to="/deals/$id" params={{ id }}>
          {title}
        </Link>
      ),
    },
    { key: 'customer', name: frame('customer'), value: ({ customer }) => customer },
    { key: 'stage', name: frame('stage'), value: ({ stage }) => stageName(stage) },
    { key: 'owner', name: frame('owner'), value: ({ ownerId }) => ownerName(ownerId) ?? frame('nobody') },
    {
      ...{ key: 'amount', name: frame('amount'), isFigure: true },
      value: ({ amount }) => Number(amount.value),
      show: ({ amount }) => formats.wholeMoney(amount),
    },
    { key: 'days', name: t('inStage'), isFigure: true, value: ({ dwellSeconds }) => daysIn(dwellSeconds) },
    {
      ...{ key: 'limit', name: t('limit'), isFigure: true },
      value: ({ limitSeconds }) => (limitSeconds === null ? null : Math.round(limitSeconds / 86_400)),
    },
    {
      ...{ key: 'state', name: t('state') },
      value: ({ state }) => t(`state_${state}`),
      show: ({ state }) => <span className={`tag ${tags[state]}`}>{t(`state_${state}`)}</span>,
    },
    {
      ...{ key: 'contact', name: t('lastContact'), isFigure: true },
      value: ({ lastContactAt }) => lastContactAt,
      show: ({ lastContactAt }) => (lastContactAt === null ? '–' : formats.day(lastContactAt)),
    },
  ];
};

/** As many rows as people read before they sort, choose a cell, or ask for more. */
const rowsAtOnce = 100;

export function AgingList({ funnel, deals }: { funnel: Funnel; deals: readonly OpenDeal[] }) {
  const t = useWords(agingWords);
  const columns = useColumns(funnel);
  return (
    <section className="panel aging-list" aria-label={t('list')}>
      <div className="panel-head">
        <h2>{t('list')}</h2>
        <ChosenCell funnel={funnel} />
      </div>
      <div className="panel-body">
        <DataTable name={t('list')} columns={columns} rows={deals} keyOf={({ id }) => id} atOnce={rowsAtOnce} />
      </div>
    </section>
  );
}

/** Which cell is listed, and how to list all again. */
function ChosenCell({ funnel }: { funnel: Funnel }) {
  const t = useWords(agingWords);
  const stageName = useStageNames(funnel);
  const bucketName = useBucketNames();
  const { stage, age } = agingRoute.useSearch();
  const navigate = agingRoute.useNavigate();
  if (stage === undefined || age === undefined) return null;
  const clear = () =>
    void navigate({
      search: (now) => ({ ...now, stage: undefined, age: undefined }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Button className="button button-small" onPress={clear}>
      {t('listOf', { stage: stageName(stage), days: bucketName(Number(age)) })}
      <X aria-hidden size={14} />
      <span className="sr-only">{t('everything')}</span>
    </Button>
  );
}
