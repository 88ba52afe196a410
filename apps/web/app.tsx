import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { queryClient } from './api/query-client.ts';
import { useLanguage } from './language/languages.ts';
import { router } from './router.tsx';

export function App() {
  const { language } = useLanguage();
  return (
    <I18nProvider locale={language}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  );
}
