import { useRead } from '../api/use-read.ts';
import type { Answer } from '../api/routes.ts';

export type Company = Answer<'GET', '/api/company'>;
export type Me = Answer<'GET', '/api/me'>;

const unknown: Company = { timeZone: 'Asia/Shanghai', baseCurrency: 'CNY', firstAt: null, lastAt: null };
const keptMs = 10 * 60_000;

/** Time zone and currency of the company. The frame shows no room before they are known. */
export const useCompany = (): Company => useRead('/api/company', {}, { staleTime: keptMs }).data ?? unknown;

/** Who is signed in; the frame shows no room before that is known. */
export const useMe = (): Me | undefined => useRead('/api/me', {}, { staleTime: keptMs }).data;

export const leads = (me: Me | undefined): boolean => me?.role === 'manager' || me?.role === 'admin';
