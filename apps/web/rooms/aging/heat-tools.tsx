import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import { SaveCsv } from '../../parts/save-csv.tsx';
import { bucketStarts, type HeatRow } from './heat.ts';
import { useBucketNames } from './heat-map.tsx';
import { agingWords } from './words.ts';

/** Saves the heat map: a row for each of its cells. */
export function HeatTools({ rows }: { rows: readonly HeatRow[] }) {
  const t = useWords(agingWords);
  const frame = useWords(frameWords);
  const bucketName = useBucketNames();
  const file = () => ({
    header: [frame('stage'), t('inStage'), frame('count'), frame('amount')],
    rows: rows.flatMap(({ stage, cells }) =>
      bucketStarts.map((_, bucket) => {
        const cell = cells[bucket];
        return [stage.label, bucketName(bucket), cell?.deals.length ?? 0, cell?.amount.value];
      }),
    ),
  });
  return <SaveCsv name={t('heat')} fileName={frame('aging')} file={file} />;
}
