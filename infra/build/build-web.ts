import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const compressible = ['.html', '.js', '.css', '.svg'];
/** Smaller files gain nothing. */
const worthwhileBytes = 1_000;
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Lays a `.br` and a `.gz` beside a file, so that no request has to wait for it. */
const compress = async (file: string): Promise<void> => {
  const content = await readFile(file);
  if (!compressible.includes(extname(file)) || content.length < worthwhileBytes) return;
  await Promise.all([
    brotli(content, quality).then((small) => writeFile(`${file}.br`, small)),
    zip(content, { level: 9 }).then((small) => writeFile(`${file}.gz`, small)),
  ]);
};

/** Builds the browser's program into a folder of its own. */
export const buildWeb = async (folder: string): Promise<void> => {
  await build({
    configFile: resolve('apps/web/vite.config.ts'),
    root: resolve('apps/web'),
    logLevel: 'warn',
    build: { outDir: resolve(folder), emptyOutDir: true },
  });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => compress(join(entry.parentPath, entry.name))),
  );
};
