import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';

export const languages = { en: 'English', 'zh-CN': '中文' } as const;
export type Language = keyof typeof languages;

const stored = 'funnel-language';

/** What was chosen before; else the first of the browser's languages that there is. */
const firstLanguage = (): Language => {
  const wanted = [localStorage.getItem(stored) ?? [], navigator.languages].flat();
  for (const tag of wanted) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
};

const tell = (language: string): void => {
  document.documentElement.lang = language;
};

void i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: 'en',
  supportedLngs: Object.keys(languages),
  resources: {},
  initAsync: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});
tell(i18next.language);
i18next.on('languageChanged', tell);

/** The language on the screen, and how to change it. */
export const useLanguage = (): { language: Language; choose: (language: Language) => void } => {
  const { i18n } = useTranslation();
  const choose = useCallback(
    (language: Language) => {
      localStorage.setItem(stored, language);
      void i18n.changeLanguage(language);
    },
    [i18n],
  );
  return { language: i18n.language as Language, choose };
};
