import { Link } from '@tanstack/react-router';
import { Kanban } from 'lucide-react';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useOpenDeals } from '../../deals/open-deals/open-deals.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { useChosenFunnel, type Funnel } from '../../frame/chosen-funnel.ts';
import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { BoardActing } from './board-acting.tsx';
import { BoardHead } from './board-head.tsx';
import './board.css';
import type { Column } from './columns.ts';
import { Columns } from './all-columns.tsx';
import { boardRoute } from './route.ts';
import { useColumns } from './use-columns.ts';
import { usePendingMoves } from './use-pending-moves.ts';
import { boardWords } from './words.ts';

/** Stages side by side, deals as cards that are moved from one to the next. */
export default function BoardRoom() {
  const { funnel } = useChosenFunnel();
  return funnel ? <Board key={funnel.id} funnel={funnel} /> : <Loading lines={8} />;
}

function Board({ funnel }: { funnel: Funnel }) {
  const { owner, team, q = '' } = boardRoute.useSearch();
  const { asOf } = useShownDay();
  const open = useOpenDeals({ funnel: funnel.id, owner, team, ...asOf });
  const { pending, ...moves } = usePendingMoves();
  const [typed, type] = useState(q);
  const columns = useColumns(funnel, { deals: open.deals, typed, pending });
  return (
    <div className="board">
      <BoardHead funnel={funnel} open={open} columns={useLatest(columns)} typed={typed} onType={type} />
      <BoardActing funnel={funnel} columns={columns} {...moves}>
        <BoardBody open={open} columns={columns} onClear={() => type('')} />
      </BoardActing>
    </div>
  );
}

/** A way to the value of the last drawing, always the same, for what need not be drawn anew with it. */
const useLatest = <Value,>(value: Value): (() => Value) => {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return useCallback(() => latest.current, []);
};

interface BoardBodyProps {
  readonly open: ReturnType<typeof useOpenDeals>;
  readonly columns: readonly Column[];
  readonly onClear: () => void;
}

function BoardBody({ open, columns, onClear }: BoardBodyProps) {
  const t = useWords(boardWords);
  const frame = useWords(frameWords);
  const navigate = boardRoute.useNavigate();
  const { owner, team } = boardRoute.useSearch();
  if (!open.deals && open.error) return <Failed error={open.error} onRetry={() => void open.refetch()} />;
  if (!open.deals) return <Loading lines={8} />;
  if (columns.some(({ deals }) => deals.length > 0)) return <Columns columns={columns} />;
  const isFiltered = owner !== undefined || team !== undefined || open.count > 0;
  const clear = () => {
    onClear();
    void navigate({ search: (now) => ({ ...now, owner: undefined, team: undefined, q: undefined }) });
  };
  return (
    <Empty
      icon={Kanban}
      title={open.count === 0 ? t('none') : t('noneFiltered')}
      text={t(isFiltered ? 'noneBody' : 'noneYet')}
    >
      {isFiltered ? (
        <Button className="button" onPress={clear}>
          {t('clear')}
        </Button>
      ) : (
        <Link to="/import" className="button">
          {frame('import')}
        </Link>
      )}
    </Empty>
  );
}
