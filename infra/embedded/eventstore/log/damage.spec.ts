import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDamage } from './damage.ts';
import { openDataFolder } from './open.ts';
import { EventLog } from './event-log.ts';

let dataFolder: string;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'damage-'));
  new EventLog(dataFolder).close();
});
afterEach(() => rmSync(dataFolder, { recursive: true }));

it.each([
  ['lack the places of its newest events', 'DELETE FROM places WHERE position = (SELECT max(position) FROM places)'],
  ['have others for them', 'UPDATE places SET position = position + 1'],
])('a log too large to be looked at as a whole must not %s', (_, tamper) => {
  const { database, close } = openDataFolder(dataFolder);
  const check = () => checkDamage(database, { dataFolder, size: Infinity });
  expect(check).not.toThrow();
  database.exec(tamper);
  expect(check).toThrow(/is not where it was written in its stream/);
  close();
});
