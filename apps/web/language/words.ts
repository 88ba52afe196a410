import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import './languages.ts';

type Singular = `${string}_one`;
/** Plural forms are asked for by their stem: `t('deals', { count })`. */
type Stem<Key> = Key extends `${infer Name}_${'one' | 'other'}` ? Name : Key;

declare const keys: unique symbol;
/** Words of one part of the product in both languages. */
export interface Words<Key extends string> {
  readonly namespace: string;
  readonly [keys]?: Key;
}
export type Translate<Key extends string> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** Chinese has one form whatever the number, so it needs no `_one`. */
type Chinese<English> = { readonly [Key in Exclude<keyof English, Singular>]: string };

/** Brings words along with the code that shows them. What is said in English must be said in Chinese, or it does not compile. */
export const defineWords = <const English extends Readonly<Record<string, string>>>(
  namespace: string,
  english: English,
  chinese: Chinese<English>,
): Words<Stem<keyof English & string>> => {
  i18next.addResourceBundle('en', namespace, english);
  i18next.addResourceBundle('zh-CN', namespace, chinese);
  return { namespace };
};

/** `const t = useWords(words)`, then `t('deals', { count })`. */
export const useWords = <Key extends string>({ namespace }: Words<Key>): Translate<Key> => {
  const { t } = useTranslation(namespace);
  return t as unknown as Translate<Key>;
};
