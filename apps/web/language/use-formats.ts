import { useMemo } from 'react';
import { useCompany } from '../frame/company.ts';
import { formatsFor, type Formats } from './formats.ts';
import { useLanguage } from './languages.ts';

export const useFormats = (): Formats => {
  const { language } = useLanguage();
  const { timeZone } = useCompany();
  return useMemo(() => formatsFor(language, timeZone), [language, timeZone]);
};
