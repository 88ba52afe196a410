import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saved } from './save.ts';

const folder = mkdtempSync(join(tmpdir(), 'saved-'));
const path = join(folder, 'events.csv');
afterAll(() => rmSync(folder, { recursive: true }));

async function* breakingOff() {
  yield Buffer.from('a,b\n');
  throw new Error('the server fell');
}

describe('a file that is saved', () => {
  it('has its name when it is whole', async () => {
    await saved(path, ['a,', 'b\n', '1,2\n']);
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n');
  });

  it('stays what it was where the new one breaks off, and nothing is left beside it', async () => {
    await expect(saved(path, breakingOff())).rejects.toThrow('the server fell');
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n');
    expect(readdirSync(folder)).toEqual(['events.csv']);
  });

  it('is open before its first piece is asked for, so that none comes into being after it broke off', async () => {
    let thereAtFirst: string[] = [];
    async function* noting() {
      thereAtFirst = readdirSync(folder);
      yield* breakingOff();
    }
    await expect(saved(path, noting())).rejects.toThrow('the server fell');
    expect(thereAtFirst).toEqual(['events.csv', 'events.csv.part']);
  });

  it('is the one that a link leads to', async () => {
    const link = join(folder, 'newest.csv');
    symlinkSync('events.csv', link);
    await saved(link, ['c\n']);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('c\n');
  });

  it('may be what is no file', async () => {
    await saved('/dev/null', ['a,b\n']);
    await expect(saved(folder, ['a,b\n'])).rejects.toThrow(`${folder} cannot be written: EISDIR`);
  });
});
