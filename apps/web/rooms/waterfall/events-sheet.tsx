import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { DealLink } from '../../parts/deal-link.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import type { LineName } from './route.ts';
import type { Waterfall } from './use-waterfall.ts';
import { waterfallWords } from './words.ts';

type Move = Waterfall['lines'][number]['events'][number];

const rowsAtOnce = 200;

interface EventsSheetProps {
  readonly fall: Waterfall;
  readonly line: LineName | undefined;
  readonly onClose: () => void;
}

/** The events behind a bar. */
export function EventsSheet({ fall, line, onClose }: EventsSheetProps) {
  const t = useWords(waterfallWords);
  const opened = fall.lines.find((each) => each.line === line);
  return (
    <Sheet title={opened ? t(opened.line) : ''} isOpen={opened !== undefined} onClose={onClose}>
      {opened && <Moves key={opened.line} name={t(opened.line)} moves={opened.events} />}
    </Sheet>
  );
}

function Moves({ name, moves }: { name: string; moves: readonly Move[] }) {
  const t = useWords(waterfallWords);
  const terms = useWords(frameWords);
  const { money, time } = useFormats();
  const columns: readonly Column<Move>[] = [
    {
      key: 'deal',
      name: terms('deal'),
      value: ({ title }) => title,
      show: ({ dealId, title }) => <DealLink id={dealId}>{title}</DealLink>,
    },
    { key: 'when', name: t('when'), value: ({ occurredAt }) => occurredAt, show: (move) => time(move.occurredAt) },
    {
      key: 'amount',
      name: terms('amount'),
      value: ({ amount }) => Number(amount.value),
      show: ({ amount }) => money(amount),
      isFigure: true,
    },
  ];
  return (
    <DataTable
      name={name}
      columns={columns}
      rows={moves}
      keyOf={({ eventId, dealId }) => `${eventId} ${dealId}`}
      atOnce={rowsAtOnce}
    />
  );
}
