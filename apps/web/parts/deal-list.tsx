import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { allItems } from '../api/all-items.ts';
import { get } from '../api/client.ts';
import type { ItemOf, Sent } from '../api/routes.ts';
import { useOwnerNames } from '../frame/people.ts';
import { frameWords } from '../frame/words.ts';
import { useFormats } from '../language/use-formats.ts';
import { useWords } from '../language/words.ts';
import { DataTable, type Column } from './data-table.tsx';
import { DealLink } from './deal-link.tsx';
import { Shown } from './states.tsx';

export type Deal = ItemOf<'/api/deals'>;
type Lists = '/api/deals' | '/api/funnels/:id/cohort';

/** A list of deals that the product tells page by page. */
interface WantedFrom<P extends Lists> {
  readonly path: P;
  readonly sent: Sent<'GET', P>;
}
export type WantedDeals = { [P in Lists]: WantedFrom<P> }[Lists];

interface DealListProps {
  readonly name: string;
  readonly wanted: WantedDeals;
  /** Closed deals tell when and why they were lost, and not since when they stand. */
  readonly areLost?: boolean;
  readonly empty: ReactNode;
}

const useDeals = ({ path, sent }: WantedDeals) =>
  useInfiniteQuery({
    queryKey: [path, sent],
    queryFn: ({ pageParam: cursor, signal }) =>
      get<Lists>(path, { ...sent, query: { ...sent.query, limit: 100, cursor } } as Sent<'GET', Lists>, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Deals as a table, a hundred at a time, each a link to the deal. */
export function DealList({ name, wanted, areLost = false, empty }: DealListProps) {
  const t = useWords(frameWords);
  const columns = useDealColumns(areLost);
  const reading = useDeals(wanted);
  return (
    <Shown reading={reading}>
      {({ pages }) => (
        <>
          <DataTable
            name={name}
            columns={columns}
            rows={pages.flatMap(({ items }) => items)}
            keyOf={({ id }) => id}
            empty={empty}
            readAll={() => allItems(reading)}
          />
          {reading.hasNextPage && (
            <Button className="button" onPress={() => void reading.fetchNextPage()} isDisabled={reading.isFetching}>
              {t('more')}
            </Button>
          )}
        </>
      )}
    </Shown>
  );
}

const useDealColumns = (areLost: boolean): readonly Column<Deal>[] => {
  const t = useWords(frameWords);
  const { wholeMoney, day } = useFormats();
  const ownerName = useOwnerNames();
  return [
    {
      key: 'title',
      name: t('deal'),
      value: ({ title }) => title,
      show: (deal) => <DealLink id={deal.id}>{deal.title}</DealLink>,
    },
    { key: 'owner', name: t('owner'), value: ({ ownerId }) => ownerName(ownerId) ?? t('nobody') },
    {
      key: 'amount',
      name: t('amount'),
      value: ({ amount }) => Number(amount.value),
      show: ({ amount }) => wholeMoney(amount),
      isFigure: true,
    },
    ...(areLost
      ? [
          {
            key: 'closed',
            name: t('closed'),
            value: ({ closedAt }: Deal) => closedAt,
            show: ({ closedAt }: Deal) => closedAt && day(closedAt),
          },
          { key: 'reason', name: t('lostReason'), value: ({ lostReason }: Deal) => lostReason },
        ]
      : [{ key: 'since', name: t('since'), value: ({ since }: Deal) => since, show: ({ since }: Deal) => day(since) }]),
  ];
};
