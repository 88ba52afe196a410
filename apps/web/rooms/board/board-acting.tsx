import { useState, type ReactNode } from 'react';
import { ActionSheet, type DealAction } from '../../deals/deal-actions.tsx';
import { useMover, type MoveFollower } from '../../deals/moves/use-mover.tsx';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import { BoardActionsContext } from './board-actions.ts';
import { CardMenu, type OpenMenu } from './card-menu.tsx';
import type { Column } from './columns.ts';
import { useActions } from './use-actions.ts';

interface BoardActingProps {
  readonly funnel: Funnel;
  readonly columns: readonly Column[];
  readonly follower: MoveFollower;
  readonly children: ReactNode;
}

/** In the past there is no revision to compare; nothing is changed there either. */
const seen = ({ revision, ...deal }: OpenDeal) => ({ ...deal, revision: revision ?? undefined });

/** What is done with cards, and what opens over the board for it: the board itself is not drawn anew for that. */
export function BoardActing({ funnel, columns, follower, children }: BoardActingProps) {
  const { move, sheet } = useMover(funnel, follower);
  const [acting, setActing] = useState<{ deal: OpenDeal; action: DealAction }>();
  const [menu, setMenu] = useState<OpenMenu>();
  const actions = useActions({
    funnel,
    columns,
    move: (deal, to) => move(seen(deal), to),
    act: (deal, action) => setActing({ deal, action }),
    openMenu: (deal, button) => setMenu({ deal, button }),
  });
  return (
    <BoardActionsContext value={actions}>
      {children}
      {menu && <CardMenu menu={menu} onClose={() => setMenu(undefined)} />}
      {acting && <ActionSheet deal={seen(acting.deal)} action={acting.action} onEnd={() => setActing(undefined)} />}
      {sheet}
    </BoardActionsContext>
  );
}
