import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../../language/words.ts';
import { Failed, Loading } from '../../parts/states.tsx';
import { FileDrop } from './file-drop.tsx';
import { usePreview, useStart, type Parcel } from './imports.ts';
import { MappingEditor } from './mapping-editor.tsx';
import { PreviewedFiles, PreviewedRows } from './previewed.tsx';
import { StartButtons } from './start-buttons.tsx';
import { importWords } from './words.ts';

/** Files, what they would become, and then the import itself. */
export function Wizard() {
  const t = useWords(importWords);
  const navigate = useNavigate({ from: '/import' });
  const [parcel, setParcel] = useState<Parcel>({ files: [] });
  const preview = usePreview();
  const start = useStart();
  const look = (changed: Parcel) => {
    setParcel(changed);
    start.reset();
    if (changed.files.length > 0) preview.mutate(changed);
    else preview.reset();
  };
  const begin = (dryRun: boolean, onError: 'stop' | 'skip') =>
    start.mutate(
      { ...parcel, mapping: parcel.mapping ?? written(preview.data?.mapping), dryRun, onError },
      { onSuccess: ({ id }) => void navigate({ search: (now) => ({ ...now, job: id }) }) },
    );
  return (
    <>
      <FileDrop parcel={parcel} onChange={look} />
      {preview.isPending && <Loading />}
      {preview.error && <Failed error={preview.error} onRetry={() => look(parcel)} />}
      {preview.data && (
        <>
          <section className="panel" aria-label={t('go')}>
            <div className="panel-head">
              <h2>{t('go')}</h2>
              <span className="panel-hint">{t('goHint')}</span>
            </div>
            <div className="panel-body">
              <StartButtons isReady={isReady(preview.data)} isBusy={start.isPending} onStart={begin} />
              {start.error && <Failed error={start.error} />}
            </div>
          </section>
          <MappingEditor
            key={JSON.stringify(preview.data.mapping)}
            preview={preview.data}
            onCheck={(mapping) => look({ ...parcel, mapping })}
          />
          <PreviewedRows preview={preview.data} />
          <PreviewedFiles preview={preview.data} />
        </>
      )}
    </>
  );
}

const written = (mapping: object | null | undefined): string | undefined =>
  mapping ? JSON.stringify(mapping) : undefined;

const isReady = ({ mapping, problems }: { mapping: object | null; problems: readonly unknown[] }): boolean =>
  mapping !== null && problems.length === 0;
