import { execFile } from 'node:child_process';
import { findProgram } from '../programs/find-program.ts';

/** A `mongod` that runs on this machine. */
export interface Mongod {
  readonly program: string;
  readonly version: string;
}

/** Why one that is there is no good, in words. */
export interface UnusableMongod {
  readonly program: string;
  readonly problem: string;
}

/** The oldest that the driver speaks to. */
const oldest: readonly [number, number] = [4, 4];
const patienceMs = 10_000;

/** The `mongod` on the PATH with its version, found by running it; one that does not run, or is too old, with the problem. */
export const findMongod = async (path: string): Promise<Mongod | UnusableMongod | undefined> => {
  const program = findProgram('mongod', path);
  if (!program) return undefined;
  const { said, problem } = await askVersion(program);
  if (problem) return { program, problem };
  const version = /db version v(\d+\.\d+\S*)/.exec(said)?.[1];
  if (!version) return { program, problem: 'it does not tell its version' };
  return isRecentEnough(version) ? { program, version } : { program, problem: `its version is ${version}` };
};

const isRecentEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
};

const askVersion = (program: string): Promise<{ said: string; problem: string | undefined }> =>
  new Promise((resolve) => {
    execFile(program, ['--version'], { timeout: patienceMs, killSignal: 'SIGKILL' }, (error, said) =>
      resolve({ said, problem: error ? `it does not run: ${reasonOf(error)}` : undefined }),
    );
  });

const reasonOf = ({ code, signal, message }: { code?: unknown; signal?: unknown; message: string }): string => {
  if (signal) return `signal ${String(signal)}`;
  return typeof code === 'number' ? `exit code ${code}` : message;
};
