import { Link } from '@tanstack/react-router';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { useJobs, type Job } from './imports.ts';
import { Failed } from '../../parts/states.tsx';
import { tagOf } from './job-page.tsx';
import { importWords } from './words.ts';

/** The latest imports, whoever began them. */
export function JobList() {
  const t = useWords(importWords);
  const { time, number } = useFormats();
  const { data, error, refetch } = useJobs();
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  const jobs = data?.items ?? [];
  if (jobs.length === 0) return null;
  const columns: Column<Job>[] = [
    {
      key: 'file',
      name: t('file'),
      value: ({ fileName }) => fileName,
      show: ({ id, fileName }) => (
        <Link from="/import" to="." search={(now) => ({ ...now, job: id })}>
          {fileName}
        </Link>
      ),
    },
    {
      key: 'status',
      name: t('status'),
      value: ({ status, dryRun }) => `${status}${dryRun ? ' (dry run)' : ''}`,
      show: ({ status, dryRun }) => (
        <>
          <span className={tagOf[status]}>{t(`status_${status}`)}</span>{' '}
          {dryRun && <span className="tag">{t('dryRun')}</span>}
        </>
      ),
    },
    { key: 'startedAt', name: t('startedAt'), value: (job) => job.startedAt, show: (job) => time(job.startedAt) },
    { key: 'startedBy', name: t('startedBy'), value: ({ startedBy }) => startedBy },
    ...(['deals', 'eventsWritten', 'rowsFailed'] as const).map((key): Column<Job> => ({
      key,
      name: t(key),
      isFigure: true,
      value: (job) => job[key],
      show: (job) => number(job[key]),
    })),
  ];
  return (
    <section className="panel" aria-label={t('jobs')}>
      <div className="panel-head">
        <h2>{t('jobs')}</h2>
      </div>
      <div className="panel-body">
        <DataTable name={t('jobs')} columns={columns} rows={jobs} keyOf={({ id }) => id} />
      </div>
    </section>
  );
}
