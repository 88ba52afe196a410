import { z } from 'zod';

/**
 * The parts that the fields of a row can play. `row` names the row itself, where a file gives its rows names; without
 * it a row is known by all that it says. `probability` is in percent. `data` is an event in JSON, as exports tell it.
 */
export const roles = [
  'deal',
  'time',
  'activity',
  'lifecycle',
  'owner',
  'amount',
  'currency',
  'title',
  'customer',
  'region',
  'industry',
  'source',
  'expectedClose',
  'reason',
  'note',
  'probability',
  'data',
  'row',
] as const;
export const role = z.enum(roles);
export type Role = (typeof roles)[number];

/** What a row says, by the part that each field plays. */
export type Said = Readonly<Partial<Record<Role, string>>>;
