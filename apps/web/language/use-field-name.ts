import { useCallback } from 'react';
import { nameIn } from './field-names.ts';
import { useLanguage } from './languages.ts';

/** Names of funnels, stages and criteria for who reads them. */
export const useFieldName = (): ((label: string) => string) => {
  const { language } = useLanguage();
  return useCallback((label) => nameIn(language, label), [language]);
};
