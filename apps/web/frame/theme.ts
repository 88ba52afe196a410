import { useState } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const stored = 'funnel-theme';
const chosen = (): Theme => themes.find((theme) => theme === localStorage.getItem(stored)) ?? 'system';

/** The colours that were chosen. Before anything is painted `public/theme.js` does the same. */
export const useTheme = (): { theme: Theme; choose: (theme: Theme) => void } => {
  const [theme, setTheme] = useState(chosen);
  const choose = (wanted: Theme) => {
    setTheme(wanted);
    localStorage.setItem(stored, wanted);
    if (wanted === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = wanted;
  };
  return { theme, choose };
};
