import { dealActions, type DealAction } from '../../deals/deal-actions.tsx';
import { dealWords } from '../../deals/deal-words.ts';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import { useWords } from '../../language/words.ts';
import { QuickMenu, QuickMenuItem } from '../../parts/quick-menu.tsx';
import { useBoardActions } from './board-actions.ts';
import { boardWords } from './words.ts';

const offered: readonly DealAction[] = ['logContact', 'setNextStep', 'changeValue', 'win', 'lose'];

/** The card whose menu is open, and the button it hangs on. */
export interface OpenMenu {
  readonly deal: OpenDeal;
  readonly button: HTMLElement;
}

/** Everything that can be done with a card, also by those who cannot drag. One menu serves all cards. */
export function CardMenu({ menu: { deal, button }, onClose }: { menu: OpenMenu; onClose: () => void }) {
  const t = useWords(boardWords);
  const say = useWords(dealWords);
  const { stages, move, act } = useBoardActions();
  return (
    <QuickMenu label={t('menuOf', { deal: deal.title })} button={button} onClose={onClose}>
      {stages
        .filter(({ key }) => key !== deal.stage)
        .map(({ key, label: stage }) => (
          <QuickMenuItem key={key} onChoose={() => move(deal, key)}>
            {t('moveTo', { stage })}
          </QuickMenuItem>
        ))}
      <hr className="menu-line" />
      {offered.map((action) => {
        const Icon = dealActions[action].icon;
        return (
          <QuickMenuItem key={action} onChoose={() => act(deal, action)}>
            <Icon aria-hidden size={15} /> {say(action)}
          </QuickMenuItem>
        );
      })}
    </QuickMenu>
  );
}
