import { useNavigate, useSearch } from '@tanstack/react-router';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { useShownDay } from '../../frame/as-of.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import { useMe } from '../../frame/company.ts';
import { useReps } from '../../frame/people.ts';
import type { BoardActions } from './board-actions.ts';
import type { Column } from './columns.ts';

type Given = Pick<BoardActions, 'followed' | 'move' | 'act' | 'openMenu'> & {
  readonly funnel: Funnel;
  readonly columns: readonly Column[];
};

const searchOf = (given: Readonly<Record<string, string | undefined>>): string => {
  const known = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return known.length ? `?${new URLSearchParams(known)}` : '';
};

/** What cards may do. Cards are drawn anew only when something they show has changed, not with each key that is typed. */
export const useActions = (given: Given): BoardActions => {
  const latest = useRef(given);
  useLayoutEffect(() => {
    latest.current = given;
  });
  const me = useMe();
  const reps = useReps();
  const navigate = useNavigate();
  const { isPast } = useShownDay();
  const { asOf, funnel } = useSearch({ from: '__root__' });
  const isReadOnly = isPast || me?.role === 'auditor';
  const { stages } = given.funnel;
  const { followed } = given;
  return useMemo(() => {
    const names = new Map(reps.map(({ id, name }) => [id, name]));
    const search = searchOf({ asOf, funnel });
    return {
      stages,
      isReadOnly,
      now: Date.now(),
      followed,
      ownerName: (id) => (id === null ? null : (names.get(id) ?? id)),
      move: (deal, to) => latest.current.move(deal, to),
      act: (deal, action) => latest.current.act(deal, action),
      openMenu: (deal, button) => latest.current.openMenu(deal, button),
      find: (id) => latest.current.columns.flatMap(({ deals }) => deals).find((deal) => deal.id === id),
      hrefOf: (id) => `/deals/${encodeURIComponent(id)}${search}`,
      go: (href) => void navigate({ href }),
    };
  }, [reps, stages, isReadOnly, followed, asOf, funnel, navigate]);
};
