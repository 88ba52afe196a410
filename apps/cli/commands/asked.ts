import type { Command } from 'commander';
import { query } from '../client.ts';

export interface Options {
  readonly json?: boolean;
  readonly [name: string]: string | number | boolean | undefined;
}

/** The options as the parameters of a request. */
export const asked = ({ json: _, ...rest }: Options): string => query(rest);

/** Gives a command both times. */
export const past = (command: Command): Command =>
  command
    .option('--as-of <instant>', 'as it was then')
    .option('--known-at <instant>', 'only what was on record by then');

/** As of when, and by whose knowledge, a report is told. */
export const moment = ({ asOf, knownAt }: { readonly asOf: string; readonly knownAt: string | null }): string =>
  `as of ${asOf}${knownAt === null ? '' : `, as known at ${knownAt}`}`;
