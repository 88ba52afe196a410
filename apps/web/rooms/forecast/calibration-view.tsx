import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Shown } from '../../parts/states.tsx';
import { CalibrationTable } from './calibration-table.tsx';
import { useHistory, type Calibration } from './forecast-reads.ts';
import { Judgement } from './judgement.tsx';
import { ReliabilityChart } from './charts/charts.tsx';
import { splitOf } from './scope.ts';
import { usePast } from './use-question.ts';
import { forecastWords } from './words.ts';

/** What the weights should have been: learnt before a day, judged after it. */
export function CalibrationView() {
  const { scope, asked } = usePast();
  const reading = useHistory('/api/calibrations', { ...asked, split: splitOf(scope) });
  return <Shown reading={reading}>{(calibration) => <Learnt calibration={calibration} />}</Shown>;
}

function Learnt({ calibration }: { calibration: Calibration }) {
  const t = useWords(forecastWords);
  const { day, number } = useFormats();
  const { learntOn, judgedOn } = calibration;
  const until = learntOn.at(-1);
  const split = { learnt: number(learntOn.length), judged: number(judgedOn.length), day: until ? day(until) : '–' };
  return (
    <div className="forecast-panels">
      <section className="panel" aria-label={t('learnt')}>
        <div className="panel-head">
          <h2>{t('learnt')}</h2>
          <span className="panel-hint">{t('split', split)}</span>
        </div>
        <div className="panel-body">
          <CalibrationTable calibration={calibration} />
        </div>
      </section>
      <div className="forecast-pair">
        <section className="panel" aria-label={t('judged')}>
          <div className="panel-head">
            <h2>{t('judged')}</h2>
            <span className="panel-hint">{t('judgedHint')}</span>
          </div>
          <div className="panel-body">
            <Judgement calibration={calibration} />
          </div>
        </section>
        <section className="panel" aria-label={t('reliability')}>
          <div className="panel-head">
            <h2>{t('reliability')}</h2>
            <span className="panel-hint">{t('reliabilityHint')}</span>
          </div>
          <div className="panel-body">
            <ReliabilityChart calibration={calibration} />
          </div>
        </section>
      </div>
    </div>
  );
}
