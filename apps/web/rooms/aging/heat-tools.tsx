import { Download } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import { download, toCsv } from '../../parts/csv.ts';
import { bucketStarts, type HeatRow } from './heat.ts';
import { useBucketNames } from './heat-map.tsx';
import { agingWords } from './words.ts';

/** Saves the heat map: a row for each cell that is not empty. */
export function HeatTools({ rows }: { rows: readonly HeatRow[] }) {
  const t = useWords(agingWords);
  const frame = useWords(frameWords);
  const bucketName = useBucketNames();
  const save = () => {
    const header = [frame('stage'), t('inStage'), frame('count'), frame('amount')];
    const lines = rows.flatMap(({ stage, cells }) =>
      bucketStarts.map((_, bucket) => {
        const cell = cells[bucket];
        return [stage.label, bucketName(bucket), cell?.deals.length ?? 0, cell?.amount.value];
      }),
    );
    download(`${frame('aging')}.csv`, toCsv(header, lines));
  };
  return (
    <Button
      className="button button-quiet button-small no-print"
      onPress={save}
      aria-label={frame('csvOf', { table: t('heat') })}
    >
      <Download aria-hidden size={14} /> {frame('csv')}
    </Button>
  );
}
