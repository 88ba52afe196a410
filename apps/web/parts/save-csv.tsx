import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { frameWords } from '../frame/words.ts';
import { useProblemText } from '../language/problem-words.ts';
import { useWords } from '../language/words.ts';
import { download, toCsv, type Cell } from './csv.ts';

export interface CsvFile {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}
interface SaveCsvProps {
  /** Says what the table is. */
  readonly name: string;
  readonly fileName?: string;
  /** The whole table, also what was not read yet. */
  readonly file: () => CsvFile | Promise<CsvFile>;
}

/** Saves a table for spreadsheets; says why where it could not be read to its end. */
export function SaveCsv({ name, fileName = name, file }: SaveCsvProps) {
  const t = useWords(frameWords);
  const say = useProblemText();
  const [fault, setFault] = useState<unknown>();
  const save = async () => {
    try {
      const { header, rows } = await file();
      download(`${fileName}.csv`, toCsv(header, rows));
      setFault(undefined);
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <>
      {fault !== undefined && (
        <span className="field-error" role="alert">
          {say(fault)}
        </span>
      )}
      <Button
        className="button button-quiet button-small no-print"
        onPress={() => void save()}
        aria-label={t('csvOf', { table: name })}
      >
        <Download aria-hidden size={14} /> {t('csv')}
      </Button>
    </>
  );
}
