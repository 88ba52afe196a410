import {
  findingKinds,
  publicKeys,
  readRecords,
  recordsIn,
  verifyLog,
  type RootRecord,
  type Sealed,
  type SealedEvent,
  type Verdict,
} from '@funnel/audit';
import { logStart, parsePosition } from '@funnel/kernel';
import { SingleBar } from 'cli-progress';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { call, linesOf } from '../client.ts';
import { CommandFailed } from '../failure.ts';
import { remark, show, table } from '../output.ts';

export interface VerifyOptions {
  readonly roots?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** The public keys that the user trusts; `undefined` where none are given. */
export const trustedKeys = async (file: string | undefined): Promise<string[] | undefined> => {
  if (file === undefined) return undefined;
  try {
    return publicKeys(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new CommandFailed(`${file}: expected public Ed25519 keys in PEM (${(cause as Error).message})`);
  }
};

/** The roots of a file that was kept elsewhere, or else those that the server shows. */
const recordsFrom = async (file: string | undefined): Promise<AsyncIterable<RootRecord>> => {
  if (file === undefined) return recordsIn(linesOf(await call('/audit/roots')));
  if (!existsSync(file)) throw new CommandFailed(`${file} is not there`);
  return readRecords(file);
};

async function* sealedFrom(lines: AsyncIterable<string>): AsyncGenerator<Sealed> {
  for await (const line of lines) {
    if (!line) continue;
    const { position, ...event } = JSON.parse(line) as SealedEvent & { position: string };
    yield { position: parsePosition(position) ?? logStart, event };
  }
}

const barSteps = 10_000;

/** Reads the log as it is stored and judges it here: the server's opinion is not asked. */
const judge = async (options: VerifyOptions): Promise<Verdict> => {
  const [keys, records] = [await trustedKeys(options.key), await recordsFrom(options.roots)];
  const log = await call('/audit/log');
  const end = Number(parsePosition(log.headers.get('x-log-end') ?? '')?.commit ?? 0n);
  const bar = new SingleBar({
    format: '{bar} {percentage} % | {events} events | {rate}/s',
    stream: process.stderr,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 2_000,
  });
  const started = Date.now();
  const figures = (events: number) => ({
    events,
    rate: Math.round((events * 1_000) / Math.max(1, Date.now() - started)),
  });
  bar.start(barSteps, 0, figures(0));
  try {
    const onProgress: Parameters<typeof verifyLog>[0]['onProgress'] = (events, { commit }) => {
      if (events % 1_000 === 0) bar.update(Math.min(barSteps, (Number(commit) / end) * barSteps), figures(events));
    };
    const verdict = await verifyLog({ log: sealedFrom(linesOf(log)), records, keys, onProgress });
    bar.update(barSteps, figures(verdict.events));
    return verdict;
  } finally {
    bar.stop();
  }
};

const readable = (verdict: Verdict): string => {
  const { findings, found, lastRoot } = verdict;
  const facts = table(
    ['audit', ''],
    [
      ['events', verdict.events],
      ['streams', verdict.streams],
      ['from before there was a chain', verdict.unchained],
      ['roots', verdict.roots],
      ['sealed until', lastRoot && `${lastRoot.at} (position ${lastRoot.position})`],
      ['events behind the last root', verdict.unsealed],
      ['wrong', found],
    ],
  );
  if (found === 0) return `${facts}\nSound: nothing was changed, taken out, put in or cut off.`;
  const rows = findings.map(({ kind, detail, id }) => [kind, detail, id]);
  const kinds = [...new Set(findings.map(({ kind }) => kind))].map((kind) => `${kind}: ${findingKinds[kind]}`);
  const more = found > findings.length ? `\n… and ${found - findings.length} more` : '';
  return `${facts}\n${table(['finding', 'what', 'event id'], rows)}${more}\n${kinds.join('\n')}`;
};

const tellWhoseWord = ({ roots, claimedKey }: Verdict, options: VerifyOptions): void => {
  if (roots === 0) remark('No root was looked at: what was cut off at the end of a deal or of the log cannot be told.');
  else if (!options.roots) remark('The roots are the server’s own: a copy kept elsewhere (--roots FILE) proves more.');
  if (claimedKey) remark(`The key is the roots’ own claim (--key FILE names the one you trust): ${claimedKey}`);
};

export const runVerify = async (options: VerifyOptions): Promise<void> => {
  const verdict = await judge(options);
  show(options.json, verdict, readable);
  tellWhoseWord(verdict, options);
  if (verdict.found > 0) throw new CommandFailed(`the log is not sound: ${verdict.found} findings`);
};
