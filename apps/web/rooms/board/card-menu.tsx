import { Ellipsis } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { dealActions, type DealAction } from '../../deals/deal-actions.tsx';
import { dealWords } from '../../deals/deal-words.ts';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import { useWords } from '../../language/words.ts';
import { useBoardActions } from './board-actions.ts';
import { boardWords } from './words.ts';

const offered: readonly DealAction[] = ['logContact', 'setNextStep', 'changeValue', 'win', 'lose'];

/** Everything that can be done with a card, also by those who cannot drag. */
export function CardMenu({ deal, isStop }: { deal: OpenDeal; isStop: boolean }) {
  const t = useWords(boardWords);
  const label = t('menuOf', { deal: deal.title });
  return (
    <MenuTrigger>
      <Button className="card-button" aria-label={label} excludeFromTabOrder={!isStop}>
        <Ellipsis aria-hidden size={15} />
      </Button>
      <Popover placement="bottom end" className="popover">
        <CardActions deal={deal} label={label} />
      </Popover>
    </MenuTrigger>
  );
}

function CardActions({ deal, label }: { deal: OpenDeal; label: string }) {
  const t = useWords(boardWords);
  const say = useWords(dealWords);
  const { stages, move, act } = useBoardActions();
  return (
    <Menu className="menu" aria-label={label}>
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
