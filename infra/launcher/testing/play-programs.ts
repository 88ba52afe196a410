import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with small programs that play `embedded.js`, `api.js` and `worker.js` and keep a journal. */
export interface PlayPrograms {
  readonly folder: string;
  readonly dataFolder: string;
  /** For the launcher: makes every program find its journal. */
  readonly environment: Record<string, string>;
  /** Lines of `<program> started <pid>`, `<program> stopped`. */
  journal(): string[];
  /** The process id that the program wrote when it last started. */
  pidOf(program: string): number;
  /** What the program was started with. */
  startOf(program: string): { args: string[]; environment: Record<string, string> };
  remove(): void;
}

const script = `
import { appendFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
const [file, role = ''] = process.argv.slice(1);
const name = role || basename(file, '.js');
const folder = dirname(file);
const record = (what) => appendFileSync(join(folder, 'journal'), name + ' ' + what + '\\n');
writeFileSync(join(folder, name + '.json'), JSON.stringify({ args: process.argv.slice(2), environment: process.env }));
record('started ' + process.pid);
if (process.env.PLAY_FAILING === name) {
  console.error('no ' + name + ' today');
  process.exit(3);
}
process.on('SIGTERM', () => {
  console.log('goodbye');
  record('stopped');
  process.exit(0);
});
console.log('hello');
console.log(JSON.stringify({ event: 'ready', program: name }));
setInterval(() => {}, 1_000);
`;

export const playPrograms = (): PlayPrograms => {
  const folder = mkdtempSync(join(tmpdir(), 'funnel-launcher-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of ['embedded', 'api', 'worker']) writeFileSync(join(folder, `${name}.js`), script);
  const dataFolder = join(folder, 'data');
  const journal = () =>
    existsSync(join(folder, 'journal')) ? readFileSync(join(folder, 'journal'), 'utf8').trim().split('\n') : [];
  return {
    folder,
    dataFolder,
    environment: {
      PATH: process.env['PATH'] ?? '',
      FUNNEL_DATA: dataFolder,
      PORT: '0',
      // Whatever is installed on the machine.
      FUNNEL_EMBEDDED: 'always',
    },
    journal,
    pidOf: (program) =>
      Number(
        journal()
          .findLast((line) => line.startsWith(`${program} started`))
          ?.split(' ')[2],
      ),
    startOf: (program) => JSON.parse(readFileSync(join(folder, `${program}.json`), 'utf8')),
    remove: () => rmSync(folder, { recursive: true }),
  };
};
