import { CriteriaList } from '../../../deals/criteria-list.tsx';
import { useStageNames } from '../../../deals/use-funnel.ts';
import type { Funnel } from '../../../frame/chosen-funnel.ts';
import { useWords } from '../../../language/words.ts';
import type { ShownDeal } from '../deal-room.tsx';
import { roomWords } from '../words.ts';

interface CriteriaPanelProps {
  readonly deal: ShownDeal;
  readonly funnel: Funnel;
  readonly isReadOnly: boolean;
}

/** What must be met before the deal leaves its stage; a stage without criteria has no panel. */
export function CriteriaPanel({ deal, funnel, isReadOnly }: CriteriaPanelProps) {
  const t = useWords(roomWords);
  const stageName = useStageNames(funnel);
  const criteria = funnel.stages.find(({ key }) => key === deal.stage)?.exitCriteria ?? [];
  if (criteria.length === 0) return null;
  const title = t('criteria', { stage: stageName(deal.stage) });
  return (
    <section className="panel side-panel" aria-label={title}>
      <h2>{title}</h2>
      <CriteriaList
        dealId={deal.id}
        criteria={criteria}
        met={deal.criteria}
        isReadOnly={isReadOnly || deal.status !== 'open'}
      />
    </section>
  );
}
