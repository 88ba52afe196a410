import { hashOf, previousOf, proofFaults, streamProof, type StreamProof } from '@funnel/audit';
import type { AnswerOf, routes } from '@funnel/contracts';
import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { call, getJson, sendJson } from '../client.ts';
import { CommandFailed } from '../failure.ts';
import { print, remark, show, table } from '../output.ts';
import { saveAnswer, saved } from '../save.ts';
import { runVerify, trustedKeys } from './audit-verify.ts';

type Signed = AnswerOf<(typeof routes)['signRoot']>;
type Out = { readonly out: string; readonly json?: boolean };

const runRoot = async ({ json }: { json?: boolean }): Promise<void> =>
  show(json, await sendJson<Signed>('POST', '/audit/roots', {}), ({ root }) =>
    root
      ? `root ${root.number} was signed at ${root.at}: ${root.streams} streams, up to position ${root.position}\n${root.tree}`
      : 'nothing was written since the last root',
  );

const saveTo = async (path: string, { out, json }: Out): Promise<void> => {
  await saveAnswer(await call(path), out);
  print(json ? JSON.stringify({ file: out }) : `written to ${out}`);
};

const runProof = async (deal: string, { out, json }: Out): Promise<void> => {
  const proof = await getJson<StreamProof>(`/audit/proofs/deals/${encodeURIComponent(deal)}`);
  await saved(out, [`${JSON.stringify(proof, null, 2)}\n`]);
  const { events, root } = proof;
  const said = `${out}: ${events.length} events of ${proof.stream}, sealed by root ${root.number} of ${root.at}`;
  print(json ? JSON.stringify({ file: out, stream: proof.stream, events: events.length, root }) : said);
};

const readProof = async (file: string): Promise<StreamProof> => {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new CommandFailed(`${file} cannot be read: ${cause.message}`);
  });
  try {
    return streamProof.parse(JSON.parse(text));
  } catch {
    throw new CommandFailed(`${file} is no proof of Funnel Ledger, or was cut off`);
  }
};

const told = ({ stream, events, root }: StreamProof): string => {
  const rows = events.map((event) => {
    const { occurredAt, recordedAt, actor } = (event.metadata ?? {}) as Record<string, unknown>;
    const user = (actor as { user?: string } | undefined)?.user ?? null;
    const times = [occurredAt, recordedAt].map((time) => `${time ?? '–'}`);
    return [event.revision, event.type, ...times, user, hashOf(event).slice(0, 16), event.id];
  });
  const unchained = events.filter((event) => previousOf(event) === undefined).length;
  const gap = unchained > 0 ? `\nThe first ${unchained} are from before there was a chain.` : '';
  return (
    `${table(['', 'event', 'occurred', 'recorded', 'by', 'hash', 'id'], rows)}${gap}\n` +
    `Proved: these are all events of ${stream} up to ${root.at}, unchanged since root ${root.number} was signed then.`
  );
};

const runCheck = async (file: string, { key, json }: { key?: string; json?: boolean }): Promise<void> => {
  const [proof, keys] = [await readProof(file), await trustedKeys(key)];
  const faults = proofFaults(proof, keys);
  const { stream, events, root } = proof;
  const facts = {
    stream,
    events: events.length,
    until: root.at,
    root: root.number,
    key: root.key,
    trusted: Boolean(keys),
  };
  if (json) print(JSON.stringify({ ...facts, proved: faults.length === 0, faults }, null, 2));
  if (faults.length > 0) throw new CommandFailed(`${file} proves nothing:\n  ${faults.join('\n  ')}`);
  if (!json) print(told(proof));
  remark(
    keys
      ? 'Signed with the key given.'
      : `The key is the file’s own claim (--key FILE names the one you trust): ${root.key}`,
  );
};

export const addAudit = (program: Command): void => {
  const audit = program.command('audit').description('that nobody has changed the log: verify, sign, prove');
  audit
    .command('verify')
    .description('read the whole log as it is stored and find what was changed, taken out, put in, moved or cut off')
    .option('--roots <file>', 'roots that were kept elsewhere; those of the server when absent')
    .option('--key <file>', 'public keys that you trust, in PEM')
    .option('--json', 'answer as JSON')
    .action(runVerify);
  audit
    .command('root')
    .description('sign a root over the log as it is now')
    .option('--json', 'answer as JSON')
    .action(runRoot);
  audit
    .command('roots')
    .description('save all signed roots, to keep them where who runs the database cannot reach them')
    .requiredOption('--out <file>')
    .option('--json', 'answer as JSON')
    .action((options: Out) => saveTo('/audit/roots', options));
  audit
    .command('key')
    .description('save the public key that roots are signed with')
    .requiredOption('--out <file>')
    .option('--json', 'answer as JSON')
    .action((options: Out) => saveTo('/audit/key', options));
  audit
    .command('proof <deal>')
    .description('save the history of a deal as a proof that verifies without this server')
    .requiredOption('--out <file>')
    .option('--json', 'answer as JSON')
    .action(runProof);
  audit
    .command('check <file>')
    .description('see what such a proof proves; needs no server')
    .option('--key <file>', 'public keys that you trust, in PEM')
    .option('--json', 'answer as JSON')
    .action(runCheck);
};
