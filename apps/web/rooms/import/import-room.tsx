import { useSearch } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { leads, useMe } from '../../frame/company.ts';
import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import { Empty } from '../../parts/states.tsx';
import './import.css';
import { JobList } from './job-list.tsx';
import { JobPage } from './job-page.tsx';
import { Wizard } from './wizard.tsx';
import { importWords } from './words.ts';

/** Histories from other systems: looked at first, tried without writing, then brought in. */
export default function ImportRoom() {
  const t = useWords(importWords);
  const frame = useWords(frameWords);
  const { job } = useSearch({ from: '/import' });
  const isLeading = leads(useMe());
  return (
    <>
      <header className="room-head">
        <div>
          <h1>{frame('import')}</h1>
          <p className="panel-hint">{t('lead')}</p>
        </div>
      </header>
      <div className="import-panels">
        {job !== undefined && <JobPage id={job} key={job} />}
        {job === undefined && isLeading && <Wizard />}
        {job === undefined && !isLeading && <Empty icon={Lock} title={t('leadersOnly')} text={t('leadersOnlyText')} />}
        <JobList />
      </div>
    </>
  );
}
