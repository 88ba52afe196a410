import { Link } from '@tanstack/react-router';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Stat, Stats } from '../../parts/stat.tsx';
import { Shown } from '../../parts/states.tsx';
import { EventCounts } from './event-counts.tsx';
import { useJob, type Job } from './imports.ts';
import { useRowWords, type RowError } from './row-words.ts';
import { importWords } from './words.ts';

export const tagOf: Readonly<Record<Job['status'], string>> = {
  running: 'tag tag-open',
  done: 'tag tag-good',
  stopped: 'tag tag-warn',
  interrupted: 'tag tag-warn',
  failed: 'tag tag-bad',
};

/** One import: how far it is, what it wrote, and what it could not take. */
export function JobPage({ id }: { id: string }) {
  return <Shown reading={useJob(id)}>{(job) => <Told job={job} />}</Shown>;
}

function Told({ job }: { job: Job }) {
  const t = useWords(importWords);
  return (
    <section className="panel" aria-label={job.fileName}>
      <div className="panel-head">
        <h2>{job.fileName}</h2>
        <div className="room-tools">
          {job.dryRun && <span className="tag">{t('dryRun')}</span>}
          <span className={tagOf[job.status]} aria-live="polite">
            {t(`status_${job.status}`)}
          </span>
        </div>
      </div>
      <div className="panel-body import-job">
        <Progress job={job} />
        <Fault job={job} />
        <Counts job={job} />
        <EventCounts counts={job.eventsByType} />
        {job.errors.length > 0 && <Errors job={job} />}
        <Onwards job={job} />
      </div>
    </section>
  );
}

/** Why it did not come to its end; one that was broken off says so by its state. */
function Fault({ job: { status, fault, errors } }: { job: Job }) {
  const { stoppedAt } = useRowWords();
  const badRow = status === 'stopped' ? errors.at(-1) : undefined;
  if (fault === null || status === 'interrupted') return null;
  return (
    <p className="import-fault" role="alert">
      {badRow ? stoppedAt(badRow) : fault}
    </p>
  );
}

function Progress({ job: { bytesRead, bytesTotal, status } }: { job: Job }) {
  const t = useWords(importWords);
  const { percent } = useFormats();
  const share = status === 'done' || bytesTotal === 0 ? 1 : bytesRead / bytesTotal;
  return (
    <ProgressBar className="import-progress" aria-label={t('progress')} value={share * 100}>
      <span className="import-progress-bar" style={{ inlineSize: `${share * 100}%` }} />
      <span className="figures">{percent(share)}</span>
    </ProgressBar>
  );
}

function Counts({ job }: { job: Job }) {
  const t = useWords(importWords);
  const { number } = useFormats();
  const { rowsRead, rowsIgnored, rowsFailed, deals, eventsWritten, eventsKnown } = job;
  const counts = { rowsRead, rowsIgnored, rowsFailed, deals, eventsWritten, eventsKnown };
  return (
    <Stats>
      {(Object.keys(counts) as (keyof typeof counts)[]).map((name) => (
        <Stat
          key={name}
          name={t(name === 'eventsWritten' && job.dryRun ? 'eventsFound' : name)}
          value={number(counts[name])}
        />
      ))}
    </Stats>
  );
}

function Errors({ job }: { job: Job }) {
  const t = useWords(importWords);
  const { faultOf } = useRowWords();
  const columns: Column<RowError>[] = [
    { key: 'file', name: t('file'), value: ({ file }) => file },
    { key: 'line', name: t('line'), isFigure: true, value: ({ line }) => line },
    { key: 'field', name: t('field'), value: ({ field }) => field },
    { key: 'value', name: t('value'), value: ({ value }) => value },
    { key: 'reason', name: t('reason'), value: faultOf },
  ];
  return (
    <DataTable
      name={t('badRows')}
      columns={columns}
      rows={job.errors}
      keyOf={({ file, line, field }) => `${file} ${line} ${field}`}
    />
  );
}

/** Where one goes from here. */
function Onwards({ job: { status, dryRun, funnelId } }: { job: Job }) {
  const t = useWords(importWords);
  if (status === 'running') return <p className="panel-hint">{t('leave')}</p>;
  return (
    <div className="import-start no-print">
      {status === 'done' && !dryRun && (
        <Link className="button button-primary" to="/funnel" search={{ funnel: funnelId }}>
          {t('seeFunnel')}
        </Link>
      )}
      <Link className="button" from="/import" to="." search={(now) => ({ ...now, job: undefined })}>
        {t('another')}
      </Link>
      {status !== 'done' && <span className="panel-hint">{t('again')}</span>}
    </div>
  );
}
