import { FileUp, X } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Text } from 'react-aria-components/Text';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import type { Parcel } from './imports.ts';
import { importWords } from './words.ts';

interface FileDropProps {
  readonly parcel: Parcel;
  readonly onChange: (parcel: Parcel) => void;
}

const isMapping = ({ name }: File): boolean => name.toLowerCase().endsWith('.json');

/** Files with a new name are added; one of the same name takes the place of the one before. */
const withFiles = async ({ files, mapping }: Parcel, added: readonly File[]): Promise<Parcel> => {
  const named = new Map([...files, ...added.filter((file) => !isMapping(file))].map((file) => [file.name, file]));
  const said = added.find(isMapping);
  return { files: [...named.values()], mapping: said ? await said.text() : mapping };
};

/** Where files are dropped or chosen; a JSON file among them is taken for the mapping. */
export function FileDrop({ parcel, onChange }: FileDropProps) {
  const t = useWords(importWords);
  const { number } = useFormats();
  const add = async (added: readonly File[]) => onChange(await withFiles(parcel, added));
  const remove = (name: string) => onChange({ files: parcel.files.filter((file) => file.name !== name) });
  return (
    <section className="panel import-files" aria-label={t('files')}>
      <DropZone
        className="import-drop"
        onDrop={async ({ items }) => {
          const dropped = items.flatMap((item) => (item.kind === 'file' ? [item.getFile()] : []));
          await add(await Promise.all(dropped));
        }}
      >
        <FileUp aria-hidden size={28} strokeWidth={1.5} />
        <Text slot="label">{t('drop')}</Text>
        <FileTrigger allowsMultiple onSelect={(chosen) => void add([...(chosen ?? [])])}>
          <Button className="button">{t('choose')}</Button>
        </FileTrigger>
        <p className="panel-hint">{t('dropHint')}</p>
      </DropZone>
      {parcel.files.length > 0 && (
        <ul className="import-chosen">
          {parcel.files.map(({ name, size }) => (
            <li key={name}>
              <strong>{name}</strong>
              <span className="figures">{t('kilobytes', { size: number(Math.ceil(size / 1_000)) })}</span>
              <Button
                className="button button-quiet button-small button-icon"
                aria-label={t('remove', { name })}
                onPress={() => remove(name)}
              >
                <X aria-hidden size={14} />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
