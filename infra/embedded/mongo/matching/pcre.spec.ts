import { compilePcre } from './pcre.ts';

describe('regular expressions', () => {
  const matches = (pattern: string, text: string, options = '') => compilePcre(pattern, options).test(text);

  it('end before a last line feed, too, as Perl has it', () => {
    expect(matches('a$', 'a\n')).toBe(true);
    expect(matches('a$', 'a\nb')).toBe(false);
    expect(matches('a\\z', 'a\n')).toBe(false);
    expect(matches('a\\Z', 'a\n')).toBe(true);
    expect(matches('\\Ab', 'a\nb', 'm')).toBe(false);
    expect(matches('^b', 'a\nb', 'm')).toBe(true);
    expect(matches('a$', 'a\nb', 'm')).toBe(true);
    expect(matches('a$', 'a\rb', 'm')).toBe(false);
  });

  it('take a dot for anything but a line feed', () => {
    expect(['\r', '\u2028', 'x', '\n'].map((char) => matches('^a.b', `a${char}b`))).toEqual([true, true, true, false]);
    expect(matches('^a.b', 'a\nb', 's')).toBe(true);
  });

  it("know Perl's classes, quotes and needless escapes", () => {
    expect(matches('^[[:alpha:]_]+$', 'ab_')).toBe(true);
    expect(matches('^[[:alpha:]_]+$', 'a1')).toBe(false);
    expect(matches('\\Qa.b\\E', 'a.b')).toBe(true);
    expect(matches('\\Qa.b\\E', 'axb')).toBe(false);
    expect(matches('^\\s$', '\u00a0')).toBe(false);
    expect(matches('^\\h$', '\u00a0')).toBe(true);
    expect(matches('^\\-\\"\\ä@$', '-"ä@')).toBe(true);
    expect(matches('^[]a]+$', 'a]')).toBe(true);
    expect(matches('^a{,2}$', 'a{,2}')).toBe(true);
    expect(matches('^a{1,2}$', 'aa')).toBe(true);
    expect(matches('^\\x{1F600}$', '\u{1F600}')).toBe(true);
    expect(matches('(?P<x>a)\\k<x>', 'aa')).toBe(true);
  });

  it('ignore the space that they are laid out with, where they are told so', () => {
    expect(matches('^a b # and so on\n[ c]$', 'ab ', 'x')).toBe(true);
    expect(matches('(?x)^a\\ b$', 'a b')).toBe(true);
  });

  it('take options at their beginning', () => {
    expect(matches('(?i)ABC', 'abc')).toBe(true);
    expect(matches('(?is)A.c', 'a\nC')).toBe(true);
    expect(matches('STRASSE', 'straße', 'i')).toBe(false);
    expect(matches('ÄPFEL', 'äpfel', 'i')).toBe(true);
  });

  it.each(['\\Ga', '(?>a)b', 'a(?i)b', '(*UTF8)a', '\\Ka', '[[:^alpha:]]'])(
    'refuse %j rather than guess',
    (pattern) => {
      expect(() => compilePcre(pattern, '')).toThrow(/not supported by this server/);
    },
  );

  it.each(['(', 'a**', '[b-a]', '[a'])('refuse %j, which is none', (pattern) => {
    expect(() => compilePcre(pattern, '')).toThrow(/Regular expression is invalid/);
  });
});
