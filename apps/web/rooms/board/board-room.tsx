import { Kanban } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ActionSheet, type DealAction } from '../../deals/deal-actions.tsx';
import { useMover } from '../../deals/moves/use-mover.tsx';
import { useOpenDeals, type OpenDeal } from '../../deals/open-deals/open-deals.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { useChosenFunnel, type Funnel } from '../../frame/chosen-funnel.ts';
import { useWords } from '../../language/words.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { BoardActionsContext } from './board-actions.ts';
import { BoardHead } from './board-head.tsx';
import './board.css';
import { CardMenu, type OpenMenu } from './card-menu.tsx';
import { columnsOf, type Column } from './columns.ts';
import { Columns } from './all-columns.tsx';
import { boardRoute } from './route.ts';
import { useActions } from './use-actions.ts';
import { usePendingMoves } from './use-pending-moves.ts';
import { boardWords } from './words.ts';

/** Stages side by side, deals as cards that are moved from one to the next. */
export default function BoardRoom() {
  const { funnel } = useChosenFunnel();
  return funnel ? <Board key={funnel.id} funnel={funnel} /> : <Loading lines={8} />;
}

const wordsIn = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

interface Shown {
  readonly columns: readonly Column[];
  readonly typed: string;
  readonly type: (text: string) => void;
}

/** Filtering ten thousand cards must not hold up the typing: the cards follow when there is time. */
const useColumns = (
  funnel: Funnel,
  deals: readonly OpenDeal[] | undefined,
  pending: ReturnType<typeof usePendingMoves>['pending'],
): Shown => {
  const { q = '' } = boardRoute.useSearch();
  const [typed, type] = useState(q);
  const words = useDeferredValue(typed);
  const columns = useMemo(() => {
    const { stages, currency } = funnel;
    return columnsOf({ stages, currency, deals: deals ?? [], words: wordsIn(words), pending });
  }, [funnel, deals, words, pending]);
  return { columns, typed, type };
};

function Board({ funnel }: { funnel: Funnel }) {
  const { owner, team } = boardRoute.useSearch();
  const { asOf } = useShownDay();
  const open = useOpenDeals({ funnel: funnel.id, owner, team, ...asOf });
  const { pending, follower } = usePendingMoves();
  const shown = useColumns(funnel, open.deals, pending);
  const { move, sheet } = useMover(funnel, follower);
  const [acting, setActing] = useState<{ deal: OpenDeal; action: DealAction }>();
  const [menu, setMenu] = useState<OpenMenu>();
  const actions = useActions({
    funnel,
    columns: shown.columns,
    move: (deal, to) => move(seen(deal), to),
    act: (deal, action) => setActing({ deal, action }),
    openMenu: (deal, button) => setMenu({ deal, button }),
  });
  return (
    <div className="board">
      <BoardHead funnel={funnel} open={open} shown={shown} />
      <BoardActionsContext value={actions}>
        <CardMenu menu={menu} onClose={() => setMenu(undefined)} />
        <BoardBody open={open} columns={shown.columns} onClear={() => shown.type('')} />
      </BoardActionsContext>
      {acting && <ActionSheet deal={seen(acting.deal)} action={acting.action} onEnd={() => setActing(undefined)} />}
      {sheet}
    </div>
  );
}

/** In the past there is no revision to compare; nothing is changed there either. */
const seen = ({ revision, ...deal }: OpenDeal) => ({ ...deal, revision: revision ?? undefined });

interface BoardBodyProps {
  readonly open: ReturnType<typeof useOpenDeals>;
  readonly columns: readonly Column[];
  readonly onClear: () => void;
}

function BoardBody({ open, columns, onClear }: BoardBodyProps) {
  const t = useWords(boardWords);
  const navigate = boardRoute.useNavigate();
  if (!open.deals && open.error) return <Failed error={open.error} onRetry={() => void open.refetch()} />;
  if (!open.deals) return <Loading lines={8} />;
  if (columns.some(({ deals }) => deals.length > 0)) return <Columns columns={columns} />;
  const clear = () => {
    onClear();
    void navigate({ search: (now) => ({ ...now, owner: undefined, team: undefined, q: undefined }) });
  };
  return (
    <Empty icon={Kanban} title={open.count === 0 ? t('none') : t('noneFiltered')} text={t('noneBody')}>
      <Button className="button" onPress={clear}>
        {t('clear')}
      </Button>
    </Empty>
  );
}
