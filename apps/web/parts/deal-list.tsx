import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
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
type Wanted = NonNullable<Sent<'GET', '/api/deals'>['query']>;

interface DealListProps {
  readonly name: string;
  readonly wanted: Wanted;
  readonly empty: ReactNode;
}

const useDeals = (wanted: Wanted) =>
  useInfiniteQuery({
    queryKey: ['/api/deals', wanted],
    queryFn: ({ pageParam, signal }) =>
      get('/api/deals', { query: { ...wanted, limit: 100, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Deals as a table, a hundred at a time, each a link to the deal. */
export function DealList({ name, wanted, empty }: DealListProps) {
  const t = useWords(frameWords);
  const columns = useDealColumns();
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

const useDealColumns = (): readonly Column<Deal>[] => {
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
    { key: 'since', name: t('since'), value: ({ since }) => since, show: ({ since }) => day(since) },
  ];
};
