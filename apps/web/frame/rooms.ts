import { House, type LucideIcon } from 'lucide-react';
import type { frameWords } from './words.ts';
import type { Words } from '../language/words.ts';

type WordOf<Dictionary> = Dictionary extends Words<infer Key> ? Key : never;

export interface Room {
  readonly to: '/';
  readonly word: WordOf<typeof frameWords>;
  readonly icon: LucideIcon;
}

/** What the navigation shows, in its order. */
export const rooms: readonly Room[] = [{ to: '/', word: 'home', icon: House }];
