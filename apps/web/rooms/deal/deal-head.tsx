import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { ActionSheet, dealActions, type DealAction } from '../../deals/deal-actions.tsx';
import { dealWords } from '../../deals/deal-words.ts';
import { stageAfter } from '../../deals/moves/direction.ts';
import { useMover } from '../../deals/moves/use-mover.tsx';
import { useStageNames } from '../../deals/use-funnel.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import { useMe } from '../../frame/company.ts';
import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import type { ShownDeal } from './deal-room.tsx';
import { roomWords } from './words.ts';

interface DealHeadProps {
  readonly deal: ShownDeal;
  readonly funnel: Funnel;
  readonly isReadOnly: boolean;
}

export function DealHead({ deal, funnel, isReadOnly }: DealHeadProps) {
  const t = useWords(frameWords);
  const room = useWords(roomWords);
  const me = useMe();
  const { customer } = deal;
  // Imports that know no names call a deal and its customer by the same id.
  const name = customer.name === deal.title ? undefined : customer.name;
  const about = [name, customer.region, customer.industry].filter(Boolean).join(' · ');
  return (
    <header className="deal-head">
      <div>
        <p className="deal-about">{about}</p>
        <h1>
          {deal.title} <span className={`tag tag-${deal.status}`}>{t(`status_${deal.status}`)}</span>
        </h1>
      </div>
      {isReadOnly && <p className="deal-past">{room('pastReadOnly')}</p>}
      {!isReadOnly && me?.role !== 'auditor' && <DealTools deal={deal} funnel={funnel} />}
    </header>
  );
}

/** The next thing one does stands first; everything else is in the menu. */
function DealTools({ deal, funnel }: Omit<DealHeadProps, 'isReadOnly'>) {
  const [action, setAction] = useState<DealAction>();
  const { move, sheet } = useMover(funnel);
  const tools = { deal, funnel, onAct: setAction, onMove: (to: string) => move(deal, to) };
  return (
    <div className="room-tools no-print">
      {deal.status === 'open' ? <OpenTools {...tools} /> : <Tool action="reopen" isFirst {...tools} />}
      <MoreMenu {...tools} />
      <ActionSheet deal={deal} action={action} onEnd={() => setAction(undefined)} />
      {sheet}
    </div>
  );
}

interface ToolsProps {
  readonly deal: ShownDeal;
  readonly funnel: Funnel;
  readonly onAct: (action: DealAction) => void;
  readonly onMove: (to: string) => void;
}

function Tool({
  action,
  isFirst = false,
  onAct,
}: Pick<ToolsProps, 'onAct'> & { action: DealAction; isFirst?: boolean }) {
  const t = useWords(dealWords);
  return (
    <Button className={isFirst ? 'button button-primary' : 'button'} onPress={() => onAct(action)}>
      {t(action)}
    </Button>
  );
}

function OpenTools({ deal, funnel, onAct, onMove }: ToolsProps) {
  const t = useWords(roomWords);
  const stageName = useStageNames(funnel);
  const next = stageAfter(funnel, deal.stage);
  return (
    <>
      <Tool action="logContact" onAct={onAct} />
      <Tool action="lose" onAct={onAct} />
      <Tool action="win" isFirst={next === undefined} onAct={onAct} />
      {next && (
        <Button className="button button-primary" onPress={() => onMove(next)}>
          {t('advanceTo', { stage: stageName(next) })}
        </Button>
      )}
    </>
  );
}

const always: readonly DealAction[] = ['logContact', 'setNextStep'];
const whileOpen: readonly DealAction[] = [...always, 'changeValue', 'reassign', 'overrideWeight'];

function MoreMenu({ deal, funnel, onAct, onMove }: ToolsProps) {
  const t = useWords(dealWords);
  const room = useWords(roomWords);
  const isOpen = deal.status === 'open';
  const others = isOpen ? funnel.stages.filter(({ key }) => key !== deal.stage) : [];
  return (
    <MenuTrigger>
      <Button className="button button-icon" aria-label={room('actions')}>
        <Ellipsis aria-hidden size={16} />
      </Button>
      <Popover placement="bottom end" className="popover">
        <Menu className="menu" aria-label={room('actions')}>
          {(isOpen ? whileOpen : always).map((each) => {
            const Icon = dealActions[each].icon;
            return (
              <MenuItem key={each} className="menu-item" onAction={() => onAct(each)}>
                <Icon aria-hidden size={15} /> {t(each)}
              </MenuItem>
            );
          })}
          {isOpen && <Separator className="menu-line" />}
          {others.map(({ key, label }) => (
            <MenuItem key={key} className="menu-item" onAction={() => onMove(key)}>
              {room('moveTo', { stage: label })}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
