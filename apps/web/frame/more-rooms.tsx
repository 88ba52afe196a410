import { useLocation, useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useWords } from '../language/words.ts';
import { rooms, type Room } from './rooms.ts';
import { frameWords } from './words.ts';

const further = rooms.filter(({ isAtHand }) => !isAtHand);

/** On a phone: the rooms that have no place at its foot. In one of them it says which. */
export function MoreRooms() {
  const t = useWords(frameWords);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const here = further.find(({ to }) => pathname.startsWith(to));
  const Icon = here?.icon ?? Ellipsis;
  return (
    <MenuTrigger>
      <Button
        className={here ? 'navigation-link active' : 'navigation-link'}
        aria-label={here ? `${t(here.word)}, ${t('moreRooms')}` : t('moreRooms')}
      >
        <Icon aria-hidden size={18} strokeWidth={1.8} />
        <span>{t(here?.word ?? 'moreRooms')}</span>
      </Button>
      <Popover placement="top end" className="popover">
        <Menu className="menu" aria-label={t('moreRooms')} onAction={(to) => void navigate({ to: to as Room['to'] })}>
          {further.map(({ to, word, icon: RoomIcon }) => (
            <MenuItem key={to} id={to} className="menu-item" textValue={t(word)}>
              <RoomIcon aria-hidden size={16} /> {t(word)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
