import { useCompany } from '../frame/company.ts';
import { formatsFor, type Formats } from './formats.ts';
import { useLanguage, type Language } from './languages.ts';
import { remembered } from './remembered.ts';

/** Each card of a board needs them. */
const formatsIn: Readonly<Record<Language, (timeZone: string) => Formats>> = {
  en: remembered((timeZone) => formatsFor('en', timeZone)),
  'zh-CN': remembered((timeZone) => formatsFor('zh-CN', timeZone)),
};

export const useFormats = (): Formats => {
  const { language } = useLanguage();
  const { timeZone } = useCompany();
  return formatsIn[language](timeZone);
};
