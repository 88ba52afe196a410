import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
/** Swagger UI comes with Nest's own package, wherever that put it. */
const folder = (): string =>
  dirname(createRequire(require.resolve('@nestjs/swagger/package.json')).resolve('swagger-ui-dist/package.json'));

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Funnel Ledger API</title>
<link rel="icon" type="image/png" href="/api/docs/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/begin.js"></script>
</body>
</html>
`;
const begin = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

const types: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

export interface PageFile {
  readonly type: string;
  readonly content: Buffer | string;
}

export const docsPage: PageFile = { type: 'text/html; charset=utf-8', content: page };

/** A part of the pages by its name; `undefined` for any other name. */
export const docsFile = async (name: string): Promise<PageFile | undefined> => {
  if (name === 'begin.js') return { type: 'text/javascript; charset=utf-8', content: begin };
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  return type === undefined ? undefined : { type, content: await readFile(join(folder(), name)) };
};
