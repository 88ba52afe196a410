import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'react-aria-components/Button';
import { allItems } from '../../api/all-items.ts';
import { send } from '../../api/client.ts';
import { useChosenFunnel } from '../../frame/chosen-funnel.ts';
import { frameWords } from '../../frame/words.ts';
import { useOwnerNames } from '../../frame/people.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { DealLink } from '../../parts/deal-link.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Shown } from '../../parts/states.tsx';
import type { Answer } from '../../api/routes.ts';
import type { Cell } from './groups.tsx';
import { useGroupNames } from './use-group.ts';
import { useCandidate, usePast, useQuestion, useStages } from './use-question.ts';
import { forecastWords } from './words.ts';

type Opened = Answer<'POST', '/api/reforecasts/deals'>;
type Deal = Opened['items'][number];

/** The deals behind a cell, so many at a time, the largest first. */
const dealsAtOnce = 100;
const useDeals = ({ at, key }: Cell) => {
  const { by } = useQuestion();
  const { funnel } = useChosenFunnel();
  const { horizonDays } = usePast().asked;
  const asked = { ...useCandidate(), funnelId: funnel?.id ?? '', at, by, key, horizonDays, limit: dealsAtOnce };
  return useInfiniteQuery({
    queryKey: ['/api/reforecasts/deals', asked],
    queryFn: ({ pageParam: cursor, signal }) =>
      send(['POST', '/api/reforecasts/deals'], { body: { ...asked, cursor } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
};

/** The deals behind one figure. */
export function CellSheet({ cell, onClose }: { cell: Cell; onClose: () => void }) {
  const { day } = useFormats();
  const nameOf = useGroupNames();
  const reading = useDeals(cell);
  return (
    <Sheet title={`${nameOf(cell.key)} · ${day(cell.at)}`} isOpen isWide onClose={onClose}>
      <Shown reading={reading}>{({ pages }) => <Deals pages={pages} reading={reading} />}</Shown>
    </Sheet>
  );
}

interface DealsProps {
  readonly pages: readonly Opened[];
  readonly reading: ReturnType<typeof useDeals>;
}

function Deals({ pages, reading }: DealsProps) {
  const t = useWords(forecastWords);
  const frame = useWords(frameWords);
  const { number } = useFormats();
  const columns = useColumns();
  const deals = pages.flatMap(({ items }) => items);
  return (
    <>
      <DataTable
        name={t('cellDeals')}
        columns={columns}
        rows={deals}
        keyOf={({ dealId }) => dealId}
        readAll={() => allItems(reading)}
      />
      {reading.hasNextPage && (
        <p className="data-table-more">
          <span className="figures">
            {t('largest', { shown: number(deals.length), count: number(pages[0]?.count ?? deals.length) })}
          </span>
          <Button
            className="button button-small no-print"
            onPress={() => void reading.fetchNextPage()}
            isDisabled={reading.isFetching}
          >
            {frame('more')}
          </Button>
        </p>
      )}
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
      value: ({ title }) => title,
      show: ({ dealId, title }) => <DealLink id={dealId}>{title}</DealLink>,
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
