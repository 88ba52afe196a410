/** The locales by which the server compares text; each is written in this one way. */
const locales = new Set(
  (
    'af am ar as az be bg bn bo bs bs_Cyrl ca chr cs cy da de de_AT dsb dz ee el en en_US en_US_POSIX eo es et fa ' +
    'fa_AF fi fil fo fr fr_CA ga gl gu ha haw he hi hr hsb hu hy id ig is it ja ka kk kl km kn ko kok ky lb lkt ln ' +
    'lo lt lv mk ml mn mr ms mt my nb ne nl nn om or pa pl ps pt ro ru se si sk sl smn sq sr sr_Latn sv sw ta te th ' +
    'to tr ug uk ur vi wae yi yo zh zh_Hant zu'
  ).split(' '),
);

/** Other orders of some of them, by the server's names and by those that ECMAScript knows. */
const orders: Readonly<Record<string, string>> = {
  phonebook: 'phonebk',
  traditional: 'trad',
  stroke: 'stroke',
  zhuyin: 'zhuyin',
  unihan: 'unihan',
  compat: 'compat',
  dictionary: 'dict',
};

export interface Locale {
  /** As the server writes it. */
  readonly name: string;
  readonly tag: string;
  readonly usage: 'sort' | 'search';
}

/** Undefined for what the server does not take for a locale. */
export const readLocale = (text: string): Locale | undefined => {
  const [name = '', order, ...more] = text.split('@collation=');
  if (!locales.has(name) || more.length > 0) return undefined;
  const tag = name.replace('_POSIX', '-u-va-posix').replaceAll('_', '-');
  if (order === undefined) return { name: text, tag, usage: 'sort' };
  if (order === 'search') return { name: text, tag, usage: 'search' };
  if (!Object.hasOwn(orders, order)) return undefined;
  const variant = `${tag}-u-co-${orders[order]!}`;
  const isKnown = new Intl.Collator(variant).resolvedOptions().collation === orders[order];
  return isKnown ? { name: text, tag: variant, usage: 'sort' } : undefined;
};
