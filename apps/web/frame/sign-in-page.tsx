import { Languages } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { useLanguage } from '../language/languages.ts';
import { useWords } from '../language/words.ts';
import './frame.css';
import { frameWords } from './words.ts';

export function SignInPage() {
  const t = useWords(frameWords);
  const { language, choose } = useLanguage();
  return (
    <main className="sign-in">
      <section className="sign-in-card">
        <img src="/favicon.svg" alt="" width={44} height={44} />
        <h1>{t('signedOutTitle')}</h1>
        <p>{t('signedOutBody')}</p>
        <p>{t('signedOutHow')}</p>
        <pre>Sign in: http://…/sign-in?token=…</pre>
        <p>{t('signedOutOther')}</p>
        <pre>npx funnel token --role manager --user mei</pre>
        <Button className="button" onPress={() => choose(language === 'en' ? 'zh-CN' : 'en')}>
          <Languages aria-hidden size={16} />
          {language === 'en' ? '中文' : 'English'}
        </Button>
      </section>
    </main>
  );
}
