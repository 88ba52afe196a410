/** Lints texts as if they stood at the paths given: reads `[{ path, text }]` on stdin, writes the rules each breaks. */
import { createProjectGraphAsync } from '@nx/devkit';
import { ESLint } from 'eslint';
import { readFileSync } from 'node:fs';

// The rule on module boundaries reads the graph that this leaves behind.
await createProjectGraphAsync({ exitOnError: true });
const eslint = new ESLint();
const answers = [];
for (const { path, text } of JSON.parse(readFileSync(0, 'utf8'))) {
  const [result] = await eslint.lintText(text, { filePath: path });
  answers.push(result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
process.stdout.write(JSON.stringify(answers));
process.exit(0);
