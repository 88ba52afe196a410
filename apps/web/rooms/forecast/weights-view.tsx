import { memo, useDeferredValue } from 'react';
import { useWords } from '../../language/words.ts';
import { Choice } from '../../parts/choice.tsx';
import { Shown } from '../../parts/states.tsx';
import { Accuracy } from './accuracy.tsx';
import { useHistory, type Comparison } from './forecast-reads.ts';
import { GroupChoice, GroupTable } from './groups.tsx';
import { PastChart } from './charts/charts.tsx';
import { groupings, rules } from './route.ts';
import { useCandidate, usePast, useQuestion } from './use-question.ts';
import { useTried } from './use-tried.ts';
import { WeightSliders } from './weight-sliders.tsx';
import { forecastWords } from './words.ts';

/** What the forecast was, what it would have been under other weights, and what came. */
export function WeightsView() {
  const { by } = useQuestion();
  const { weights, move, reset } = useTried();
  // The thumb leads, the lines follow.
  const candidate = useCandidate(useDeferredValue(weights));
  const { asked } = usePast();
  const reading = useHistory('/api/reforecasts/comparison', { ...asked, by, candidate });
  return (
    <div className="forecast-split">
      <aside className="panel">
        <div className="panel-body">
          <WeightSliders weights={weights} onMove={move} onReset={reset} />
          <Rules />
        </div>
      </aside>
      <Shown reading={reading}>{(comparison) => <Compared comparison={comparison} />}</Shown>
    </div>
  );
}

const Figures = memo(GroupTable);

/** Drawn anew with each answer, not with each move of a thumb; the many figures follow when there is time. */
const Compared = memo(function Compared({ comparison }: { comparison: Comparison }) {
  const t = useWords(forecastWords);
  const later = useDeferredValue(comparison);
  return (
    <div className="forecast-panels">
      <Accuracy before={comparison.accuracy.baseline} after={comparison.accuracy.candidate} />
      <section className="panel" aria-label={t('overTime')}>
        <div className="panel-head">
          <h2>{t('overTime')}</h2>
          <GroupChoice comparison={comparison} />
        </div>
        <div className="panel-body">
          <PastChart comparison={comparison} />
        </div>
      </section>
      <section className="panel" aria-label={t('figures')}>
        <div className="panel-head">
          <h2>{t('figures')}</h2>
          <span className="panel-hint forecast-digest">{t('digest', { digest: comparison.digest.slice(0, 12) })}</span>
        </div>
        <div className="panel-body">
          <Figures comparison={later} />
        </div>
      </section>
    </div>
  );
});

const Rules = memo(function Rules() {
  const t = useWords(forecastWords);
  const { by, rule, overrides = 'kept', change } = useQuestion();
  const kept = ['kept', 'dropped'] as const;
  return (
    <div className="forecast-rules">
      <Choice
        label={t('by')}
        options={groupings.map((id) => ({ id, name: t(`by_${id}`) }))}
        chosen={by}
        onChoose={(chosen) => change({ by: chosen, group: undefined })}
      />
      <Choice
        label={t('rule')}
        options={rules.map((id) => ({ id, name: t(`rule_${id}`) }))}
        chosen={rule}
        onChoose={(chosen) => change({ rule: chosen })}
      />
      <Choice
        label={t('overrides')}
        options={kept.map((id) => ({ id, name: t(`overrides_${id}`) }))}
        chosen={overrides}
        onChoose={(chosen) => change({ overrides: chosen === 'dropped' ? chosen : undefined })}
      />
    </div>
  );
});
