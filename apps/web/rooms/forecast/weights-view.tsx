import { useState } from 'react';
import { useWords } from '../../language/words.ts';
import { Choice } from '../../parts/choice.tsx';
import { Shown } from '../../parts/states.tsx';
import { Accuracy } from './accuracy.tsx';
import { useHistory, type Reforecast } from './forecast-reads.ts';
import { GroupChoice, GroupTable } from './groups.tsx';
import { PastChart } from './past-chart.tsx';
import { groupings, rules } from './route.ts';
import { usePast, useQuestion } from './use-question.ts';
import { WeightSliders } from './weight-sliders.tsx';
import { readWeights, writeWeights, type Weights } from './weights.ts';
import { forecastWords } from './words.ts';

const nextStepRule = { then: undefined, on: true, off: false } as const;

/** What the forecast was, what it would have been under other weights, and what came. */
export function WeightsView() {
  const { weights: written, by, rule, overrides = 'kept', change } = useQuestion();
  // The thumb leads; the address follows when it rests.
  const [dragged, drag] = useState<Weights>();
  const weights = dragged ?? readWeights(written);
  const { asked } = usePast();
  const asItWas = useHistory('/api/reforecasts', { ...asked, by, overrides: 'kept' });
  const other = { ...asked, by, overrides, weights, nextStepRule: nextStepRule[rule] } as const;
  const reforecast = useHistory('/api/reforecasts', other);
  const settle = (settled: Weights) => {
    drag(undefined);
    change({ weights: writeWeights(settled) });
  };
  return (
    <div className="forecast-split">
      <aside className="panel">
        <div className="panel-body">
          <WeightSliders weights={weights} onDrag={drag} onSettle={settle} />
          <Rules />
        </div>
      </aside>
      <Shown reading={asItWas}>
        {(before) => <Shown reading={reforecast}>{(after) => <Compared before={before} after={after} />}</Shown>}
      </Shown>
    </div>
  );
}

interface ComparedProps {
  readonly before: Reforecast;
  readonly after: Reforecast;
}

function Compared({ before, after }: ComparedProps) {
  const t = useWords(forecastWords);
  return (
    <div className="forecast-panels">
      <Accuracy before={before.accuracy} after={after.accuracy} />
      <section className="panel" aria-label={t('overTime')}>
        <div className="panel-head">
          <h2>{t('overTime')}</h2>
          <GroupChoice reforecast={after} />
        </div>
        <div className="panel-body">
          <PastChart before={before} after={after} />
        </div>
      </section>
      <section className="panel" aria-label={t('figures')}>
        <div className="panel-head">
          <h2>{t('figures')}</h2>
          <span className="panel-hint forecast-digest">{t('digest', { digest: after.digest.slice(0, 12) })}</span>
        </div>
        <div className="panel-body">
          <GroupTable before={before} after={after} />
        </div>
      </section>
    </div>
  );
}

function Rules() {
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
}
