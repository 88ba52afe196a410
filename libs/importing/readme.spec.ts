import { readFileSync } from 'node:fs';
import { mapping } from './index.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text ?? '') as object);

describe('the description of mappings', () => {
  it('shows one of each format', () => {
    expect(examples).toMatchObject([{ format: 'deals' }, { format: 'event-log' }, { format: 'event-log' }]);
  });

  it.each(examples)('has examples that can be followed: %#', (example) => {
    expect(mapping.safeParse(example).error?.issues ?? []).toEqual([]);
  });
});
