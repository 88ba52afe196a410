import { useState, type ReactNode } from 'react';
import { ActionSheet, type DealAction } from '../../deals/deal-actions.tsx';
import { useMover, type MoveFollower } from '../../deals/moves/use-mover.tsx';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import { BoardActionsContext, type BoardActions } from './board-actions.ts';
import { CardMenu, type OpenMenu } from './card-menu.tsx';
import type { Column } from './columns.ts';
import { useActions } from './use-actions.ts';

interface BoardActingProps {
  readonly funnel: Funnel;
  readonly columns: readonly Column[];
  readonly follower: MoveFollower;
  readonly followed: BoardActions['followed'];
  readonly children: ReactNode;
}

/** In the past there is no revision to compare; nothing is changed there either. */
const seen = ({ revision, ...deal }: OpenDeal) => ({ ...deal, revision: revision ?? undefined });

/**
 * A card that has left the board while its form was open cannot take the focus back: the one that has its place by now
 * does. That is only known a frame after the form has closed.
 */
const keepFocusIn = (stage: string): void => {
  const focusWhenLost = () => {
    if (document.activeElement !== document.body) return;
    const column = document.querySelector(`.column[data-stage="${CSS.escape(stage)}"]`);
    column?.querySelector<HTMLElement>('.card-title[tabindex="0"]')?.focus({ preventScroll: true });
  };
  requestAnimationFrame(() => requestAnimationFrame(focusWhenLost));
};

/** What is done with cards, and what opens over the board for it: the board itself is not drawn anew for that. */
export function BoardActing({ funnel, columns, follower, followed, children }: BoardActingProps) {
  const { move, sheet } = useMover(funnel, follower);
  const [acting, setActing] = useState<{ deal: OpenDeal; action: DealAction }>();
  const [menu, setMenu] = useState<OpenMenu>();
  const endActing = () => {
    if (acting) keepFocusIn(acting.deal.stage);
    setActing(undefined);
  };
  const actions = useActions({
    funnel,
    columns,
    followed,
    move: (deal, to) => move(seen(deal), to),
    act: (deal, action) => setActing({ deal, action }),
    openMenu: (deal, button) => setMenu({ deal, button }),
  });
  return (
    <BoardActionsContext value={actions}>
      {children}
      {menu && <CardMenu menu={menu} onClose={() => setMenu(undefined)} />}
      {acting && <ActionSheet deal={seen(acting.deal)} action={acting.action} onEnd={endActing} />}
      {sheet}
    </BoardActionsContext>
  );
}
