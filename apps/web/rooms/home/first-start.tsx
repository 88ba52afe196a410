import { BookOpen, FileUp, Sparkles, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { leads, useMe } from '../../frame/company.ts';
import { useProblemText } from '../../language/problem-words.ts';
import { useWords } from '../../language/words.ts';
import { Progress } from '../../parts/progress.tsx';
import type { Seeding } from './use-seeding.ts';
import { homeWords } from './words.ts';

/** An empty company: three ways to begin. */
export function FirstStart({ seeding }: { seeding: Seeding }) {
  const t = useWords(homeWords);
  return (
    <div className="first-start">
      <img src="/favicon.svg" alt="" width={56} height={56} />
      <h1>{t('emptyTitle')}</h1>
      <p>{t('emptyText')}</p>
      <div className="first-start-ways">
        <Demonstration seeding={seeding} />
        <Way icon={FileUp} title={t('importTitle')} text={t('importText')}>
          <a className="button" href="/import">
            {t('importStart')}
          </a>
        </Way>
        <Way icon={BookOpen} title={t('shellTitle')} text={t('shellText')}>
          <a className="button" href="/api/docs">
            {t('shellStart')}
          </a>
        </Way>
      </div>
    </div>
  );
}

function Demonstration({ seeding: { start, isBusy, progress, error } }: { seeding: Seeding }) {
  const t = useWords(homeWords);
  const say = useProblemText();
  const mayStart = leads(useMe());
  return (
    <Way icon={Sparkles} title={t('demoTitle')} text={t('demoText')}>
      {isBusy ? (
        <Progress label={t('demoBusy')} share={progress} />
      ) : (
        <Button className="button button-primary" onPress={start} isDisabled={!mayStart}>
          {t('demoStart')}
        </Button>
      )}
      {!mayStart && <p className="panel-hint">{t('demoLeaders')}</p>}
      {error !== null && (
        <p className="field-error" role="alert">
          {say(error)}
        </p>
      )}
    </Way>
  );
}

interface WayProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Way({ icon: Icon, title, text, children }: WayProps) {
  return (
    <section className="panel first-start-way">
      <span className="state-icon">
        <Icon aria-hidden size={22} strokeWidth={1.7} />
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </section>
  );
}
