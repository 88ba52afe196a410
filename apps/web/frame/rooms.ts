import type { LinkProps } from '@tanstack/react-router';
import {
  BellRing,
  ChartNoAxesColumn,
  Filter,
  Hourglass,
  House,
  Kanban,
  Target,
  TrendingUp,
  Upload,
  type LucideIcon,
} from 'lucide-react';
import type { Words } from '../language/words.ts';
import type { frameWords } from './words.ts';

type WordOf<Dictionary> = Dictionary extends Words<infer Key> ? Key : never;

export interface Room {
  readonly to: NonNullable<LinkProps['to']>;
  readonly word: WordOf<typeof frameWords>;
  readonly icon: LucideIcon;
  /** Also at the foot of a phone, which has place for a few; the others are behind "More" there. */
  readonly isAtHand?: boolean;
}

/** What the navigation shows, in its order. */
export const rooms: readonly Room[] = [
  { to: '/', word: 'home', icon: House, isAtHand: true },
  { to: '/funnel', word: 'funnel', icon: Filter, isAtHand: true },
  { to: '/board', word: 'board', icon: Kanban, isAtHand: true },
  { to: '/aging', word: 'aging', icon: Hourglass },
  { to: '/alerts', word: 'alerts', icon: BellRing, isAtHand: true },
  { to: '/waterfall', word: 'waterfall', icon: ChartNoAxesColumn },
  { to: '/quota', word: 'quota', icon: Target },
  { to: '/forecast', word: 'forecast', icon: TrendingUp },
  { to: '/import', word: 'import', icon: Upload },
];
