import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { useWords } from '../../language/words.ts';
import type { Preview } from './imports.ts';
import { useNoteWords } from './note-words.ts';
import { importWords } from './words.ts';

interface MappingEditorProps {
  readonly preview: Preview;
  readonly onCheck: (mapping: string) => void;
}

/** How rows become events, as it is proposed or was sent: it can be changed, and looked at again. */
export function MappingEditor({ preview: { kind, mapping, notes, problems }, onCheck }: MappingEditorProps) {
  const t = useWords(importWords);
  const noteOf = useNoteWords();
  const proposed = mapping ? JSON.stringify(mapping, null, 2) : '';
  const [text, setText] = useState(proposed);
  return (
    <section className="panel" aria-label={t('mapping')}>
      <div className="panel-head">
        <h2>{t('mapping')}</h2>
        <span className="panel-hint">{kind ? t(`kind_${kind}`) : t('mappingSent')}</span>
      </div>
      <div className="panel-body import-mapping">
        {problems.length > 0 && (
          <ul className="import-problems" role="alert">
            {problems.map(({ path, expected }) => (
              <li key={`${path} ${expected}`}>
                <code>{path}</code> {t('expected', { expected })}
              </li>
            ))}
          </ul>
        )}
        {notes.length > 0 && (
          <ul className="import-notes">
            {notes.map((note) => (
              <li key={note.code}>{noteOf(note)}</li>
            ))}
          </ul>
        )}
        <details open={problems.length > 0}>
          <summary>{t('mappingOpen')}</summary>
          <TextField className="field" value={text} onChange={setText}>
            <Label className="field-label">{t('mappingText')}</Label>
            <TextArea className="field-input import-json" rows={18} spellCheck="false" />
          </TextField>
          <Button className="button" isDisabled={text.trim() === ''} onPress={() => onCheck(text)}>
            {t('check')}
          </Button>
        </details>
      </div>
    </section>
  );
}
