import { frameWords } from '../../frame/words.ts';
import { useOwnerNames } from '../../frame/people.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { DealLink } from '../../parts/deal-link.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Shown } from '../../parts/states.tsx';
import type { Answer } from '../../api/routes.ts';
import { useHistory } from './forecast-reads.ts';
import type { Cell } from './groups.tsx';
import { useGroupNames } from './use-group.ts';
import { useCandidate, usePast, useQuestion, useStages } from './use-question.ts';
import { forecastWords } from './words.ts';

type Opened = Answer<'POST', '/api/reforecasts/deals'>;
type Deal = Opened['items'][number];

/** As many as one answer holds; the sums are those of all. */
const mostDeals = 200;

/** The deals behind one figure, the largest first. */
export function CellSheet({ cell: { at, key }, onClose }: { cell: Cell; onClose: () => void }) {
  const { day } = useFormats();
  const nameOf = useGroupNames();
  const { by } = useQuestion();
  const { horizonDays } = usePast().asked;
  const candidate = useCandidate();
  const reading = useHistory('/api/reforecasts/deals', { ...candidate, at, by, key, horizonDays, limit: mostDeals });
  return (
    <Sheet title={`${nameOf(key)} · ${day(at)}`} isOpen onClose={onClose}>
      <Shown reading={reading}>{(opened) => <Deals opened={opened} />}</Shown>
    </Sheet>
  );
}

function Deals({ opened }: { opened: Opened }) {
  const t = useWords(forecastWords);
  const { number } = useFormats();
  const columns = useColumns();
  return (
    <>
      {opened.next !== null && (
        <p className="panel-hint">{t('largest', { shown: number(mostDeals), count: number(opened.count) })}</p>
      )}
      <DataTable name={t('cellDeals')} columns={columns} rows={opened.items} keyOf={({ dealId }) => dealId} />
    </>
  );
}

const useColumns = (): readonly Column<Deal>[] => {
  const t = useWords(forecastWords);
  const frame = useWords(frameWords);
  const { wholeMoney, percent, number } = useFormats();
  const ownerName = useOwnerNames();
  const stages = useStages();
  return [
    {
      key: 'deal',
      name: frame('deal'),
      value: ({ dealId }) => dealId,
      show: ({ dealId }) => <DealLink id={dealId}>{dealId}</DealLink>,
    },
    {
      key: 'stage',
      name: frame('stage'),
      value: ({ stage }) => stages.find(({ key }) => key === stage)?.label ?? stage,
    },
    { key: 'owner', name: frame('owner'), value: ({ ownerId }) => ownerName(ownerId) ?? frame('nobody') },
    ...(['amount', 'forecast'] as const).map((key): Column<Deal> => ({
      ...{ key, name: key === 'amount' ? frame('amount') : t('reforecast'), isFigure: true },
      value: (deal) => Number(deal[key].value),
      show: (deal) => wholeMoney(deal[key]),
    })),
    {
      key: 'weight',
      name: t('weights'),
      isFigure: true,
      value: ({ weight }) => weight,
      show: (deal) => percent(deal.weight),
    },
    {
      key: 'realized',
      name: t('realized'),
      isFigure: true,
      value: ({ realized }) => (realized ? Number(realized.value) : null),
      show: ({ realized }) => (realized ? wholeMoney(realized) : '–'),
    },
    {
      key: 'events',
      name: t('events'),
      isFigure: true,
      value: ({ eventIds }) => eventIds.join(' '),
      show: ({ eventIds }) => <span title={eventIds.join('\n')}>{number(eventIds.length)}</span>,
    },
  ];
};
