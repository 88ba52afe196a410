import { Link } from '@tanstack/react-router';
import { useWords } from '../language/words.ts';
import { MoreRooms } from './more-rooms.tsx';
import { rooms } from './rooms.ts';
import { frameWords } from './words.ts';

/** The rooms: at the side of a laptop, at the foot of a phone. */
export function Navigation() {
  const t = useWords(frameWords);
  return (
    <nav className="navigation" aria-label={t('rooms')}>
      <Link to="/" className="brand" aria-label="Funnel Ledger">
        <img src="/favicon.svg" alt="" width={26} height={26} />
        <span className="brand-name">Funnel Ledger</span>
      </Link>
      <ul className="navigation-rooms">
        {rooms.map(({ to, word, icon: Icon, isAtHand }) => (
          <li key={to} className={isAtHand ? undefined : 'navigation-further'}>
            <Link to={to} className="navigation-link" activeOptions={{ exact: to === '/', includeSearch: false }}>
              <Icon aria-hidden size={18} strokeWidth={1.8} />
              <span>{t(word)}</span>
            </Link>
          </li>
        ))}
        <li className="navigation-more">
          <MoreRooms />
        </li>
      </ul>
    </nav>
  );
}
