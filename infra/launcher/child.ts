import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CannotStart } from './cannot-start.ts';
import { helperThreads } from './helper-threads.ts';
import { stopWithLauncher } from './stop-with-launcher.ts';
import type { Environment } from './settings.ts';
import type { Output, Running, Service } from './service.ts';

export interface Program {
  readonly name: string;
  /** Run with this Node. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly environment: Environment;
  readonly output: Output;
  /** How long it may take until it prints `{"event":"ready"}`, and how long to stop after SIGTERM. */
  readonly patience: Patience;
}

export interface Patience {
  readonly readyMs: number;
  readonly stopMs: number;
}

export const usualPatience: Patience = { readyMs: 60_000, stopMs: 10_000 };

/**
 * A Node program as a service. It is ready when it prints one line of JSON with `event: "ready"`; its other lines are
 * written through under its name. Ctrl-C at the terminal does not reach it, so that the launcher can stop its
 * programs in order; when the launcher is killed it sends itself SIGTERM.
 */
export const child = (program: Program): Service => ({ name: program.name, launch: () => launch(program) });

const launch = (program: Program): Running => {
  const spawned = spawnProgram(program);
  const ended = endOf(spawned);
  const lines = watchLines(spawned, program);
  const stop = () => terminate(spawned, ended, program);
  const ready = new Promise<void>((resolve, reject) => {
    const failed = (how: string) =>
      reject(new CannotStart([`${program.name} ${how}`, ...lines.heldBack()].join('\n  ')));
    const late = setTimeout(() => {
      failed(`was not ready within ${program.patience.readyMs / 1_000} s.`);
      void stop();
    }, program.patience.readyMs);
    void lines.ready.then(() => {
      clearTimeout(late);
      resolve();
    });
    void ended.then((how) => {
      clearTimeout(late);
      failed(`did not start (${how}).`);
    });
  });
  return { ready, ended, stop };
};

const spawnProgram = ({ file, args = [], environment }: Program): ChildProcess =>
  spawn(process.execPath, ['--enable-source-maps', helperThreads, ...stopWithLauncher, file, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: environment,
  });

const endOf = (spawned: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    spawned.once('error', (error) => resolve(error.message));
    spawned.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });

const terminate = async (spawned: ChildProcess, ended: Promise<string>, program: Program): Promise<void> => {
  const { name, output, patience } = program;
  spawned.kill('SIGTERM');
  const insisting = setTimeout(() => {
    output.warn(`${name} did not stop within ${patience.stopMs / 1_000} s: killing it`);
    spawned.kill('SIGKILL');
  }, patience.stopMs);
  await ended;
  clearTimeout(insisting);
};

interface Lines {
  /** Resolves with the line that says so. */
  readonly ready: Promise<void>;
  /** The complaints of a program that is not ready yet: they explain why, if it does not start. */
  heldBack(): string[];
}

const mostHeldBack = 30;

const watchLines = (spawned: ChildProcess, { name, output }: Program): Lines => {
  const complaints: string[] = [];
  let isReady = false;
  const warn = (line: string) => output.warn(`[${name}] ${line}`);
  createInterface({ input: spawned.stderr! }).on('line', (line) => {
    if (isReady) return warn(line);
    complaints.push(line);
    if (complaints.length > mostHeldBack) complaints.shift();
  });
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: spawned.stdout! }).on('line', (line) => {
      if (!saysReady(line)) return output.say(`[${name}] ${line}`);
      isReady = true;
      complaints.splice(0).forEach(warn);
      resolve();
    });
  });
  return { ready, heldBack: () => [...complaints] };
};

const saysReady = (line: string): boolean => {
  if (!line.startsWith('{')) return false;
  try {
    return (JSON.parse(line) as { event?: unknown }).event === 'ready';
  } catch {
    return false;
  }
};
