import { useMemo } from 'react';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { dealActions, type DealAction } from '../../deals/deal-actions.tsx';
import { dealWords } from '../../deals/deal-words.ts';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import { useWords } from '../../language/words.ts';
import { useBoardActions } from './board-actions.ts';
import { boardWords } from './words.ts';

const offered: readonly DealAction[] = ['logContact', 'setNextStep', 'changeValue', 'win', 'lose'];

/** The card whose menu is open, and the button it hangs on. */
export interface OpenMenu {
  readonly deal: OpenDeal;
  readonly button: HTMLElement;
}

/** Everything that can be done with a card, also by those who cannot drag. One menu serves all cards. */
export function CardMenu({ menu, onClose }: { menu: OpenMenu | undefined; onClose: () => void }) {
  const t = useWords(boardWords);
  const button = useMemo(() => ({ current: menu?.button ?? null }), [menu]);
  if (!menu) return null;
  return (
    <Popover
      placement="bottom end"
      className="popover"
      triggerRef={button}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <CardActions deal={menu.deal} label={t('menuOf', { deal: menu.deal.title })} onClose={onClose} />
    </Popover>
  );
}

function CardActions({ deal, label, onClose }: { deal: OpenDeal; label: string; onClose: () => void }) {
  const t = useWords(boardWords);
  const say = useWords(dealWords);
  const { stages, move, act } = useBoardActions();
  return (
    <Menu className="menu" aria-label={label} autoFocus="first" onClose={onClose}>
      {stages
        .filter(({ key }) => key !== deal.stage)
        .map(({ key, label: stage }) => (
          <MenuItem key={key} className="menu-item" onAction={() => move(deal, key)}>
            {t('moveTo', { stage })}
          </MenuItem>
        ))}
      <Separator className="menu-line" />
      {offered.map((action) => {
        const Icon = dealActions[action].icon;
        return (
          <MenuItem key={action} className="menu-item" onAction={() => act(deal, action)}>
            <Icon aria-hidden size={15} /> {say(action)}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
