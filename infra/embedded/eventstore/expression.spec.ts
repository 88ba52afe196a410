import { status } from '@grpc/grpc-js';
import { compileExpression } from './expression.ts';

describe('the regular expression of a filter', () => {
  it.each<[string, string[], string[]]>([
    ['^order-\\d+$', ['order-1', 'order-٣', 'order-1\n'], ['order-', 'xorder-1', 'order-1\n\n']],
    ['\\Aorder\\z', ['order'], ['order\n', 'Aorder']],
    ['r\\Z', ['order', 'order\n'], ['order\n\n']],
    ['^[^$].*', ['order', 'a$'], ['$all', '']],
    ['^[^\\$].*', ['order'], ['$all']],
    ['(?i)^ORDER', ['order', 'OrDer-1'], ['xorder']],
    ['(?i:O)rder', ['Order', 'order'], ['ORDER']],
    ['a(?#of no account)b', ['ab'], ['a']],
    ["(?'letter'a)\\k'letter'", ['aa'], ['a']],
    ['^\\w\\b', ['é', 'ü-'], ['éa', '-']],
    ['a.b', ['a\rb', 'a\u2028b'], ['a\nb']],
    ['^[\\w-]+$', ['é-1'], ['a b']],
    ['^[]a]$', [']', 'a'], ['b']],
    ['x{a}', ['x{a}'], ['xa']],
    ['\\p{Lu}', ['É'], ['é', 'p{lu}']],
    ['\\e\\-', ['\x1b-'], ['e-']],
    ['[(]', ['('], [')']],
  ])('means in %j what it means in .NET', (pattern, found, others) => {
    const expression = compileExpression(pattern);
    expect([...found, ...others].filter((text) => expression.test(text))).toEqual(found);
  });

  it.each(['(', '[a', 'a**', '\\', '\\_', '*'])('fails as the handler of the real server does: %j', (pattern) =>
    expect(() => compileExpression(pattern)).toThrow(expect.objectContaining({ code: status.UNKNOWN })),
  );

  it.each(['(?>a)', '(?(a)b|c)', '[a-z-[b]]', '(?<a-b>c)', '\\p{IsGreek}', '(?x)a', '\\G', '(?<n>a)(b)\\1', '[\\W]'])(
    'is refused where it cannot mean the same: %j',
    (pattern) =>
      expect(() => compileExpression(pattern)).toThrow(expect.objectContaining({ code: status.UNIMPLEMENTED })),
  );
});
