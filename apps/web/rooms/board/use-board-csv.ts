import { frameWords } from '../../frame/words.ts';
import { useOwnerNames } from '../../frame/people.ts';
import { useWords } from '../../language/words.ts';
import { download, toCsv } from '../../parts/csv.ts';
import type { Column } from './columns.ts';
import { boardWords } from './words.ts';

/** Saves the cards that are shown, stage by stage. */
export const useBoardCsv = (columns: () => readonly Column[]): (() => void) => {
  const frame = useWords(frameWords);
  const t = useWords(boardWords);
  const ownerName = useOwnerNames();
  return () => {
    const header = ['id', t('title'), t('customer'), frame('stage'), frame('owner'), frame('amount')];
    const more = [t('weightName'), t('since'), t('daysInStage'), t('state'), t('nextStepDue')];
    const rows = columns().flatMap(({ stage, deals }) =>
      deals.map((deal) => [
        ...[deal.id, deal.title, deal.customer, stage.label, ownerName(deal.ownerId), deal.amount.value],
        ...[deal.weight, deal.since, Math.floor(deal.dwellSeconds / 86_400), t(`state_${deal.state}`)],
        deal.nextStepDueAt,
      ]),
    );
    download(`${frame('board')}.csv`, toCsv([...header, ...more], rows));
  };
};
