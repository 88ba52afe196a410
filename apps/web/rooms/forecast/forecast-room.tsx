import { TrendingUp } from 'lucide-react';
import { useChosenFunnel } from '../../frame/chosen-funnel.ts';
import { FunnelChoice } from '../../frame/funnel-choice.tsx';
import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import { Choice, Segmented } from '../../parts/choice.tsx';
import { Empty } from '../../parts/states.tsx';
import { CalibrationView } from './calibration-view.tsx';
import './forecast.css';
import { horizons, spans, views, type View } from './route.ts';
import { SimulationView } from './simulation-view.tsx';
import { useQuestion } from './use-question.ts';
import { WeightsView } from './weights-view.tsx';
import { forecastWords } from './words.ts';

const shown: Readonly<Record<View, () => React.ReactNode>> = {
  weights: WeightsView,
  calibration: CalibrationView,
  simulation: SimulationView,
};

/** The past under other weights, what the weights should have been, and what may come. */
export default function ForecastRoom() {
  const t = useWords(forecastWords);
  const frame = useWords(frameWords);
  const { view = 'weights', change } = useQuestion();
  const { funnel } = useChosenFunnel();
  const View = shown[view];
  return (
    <>
      <header className="room-head">
        <div>
          <h1>{frame('forecast')}</h1>
          <p className="panel-hint">{t(`lead_${view}`)}</p>
        </div>
        <div className="room-tools no-print">
          <Segmented
            label={t('view')}
            options={views.map((id) => ({ id, name: t(`view_${id}`) }))}
            chosen={view}
            onChoose={(chosen) => change({ view: chosen })}
          />
          <FunnelChoice />
          {view !== 'simulation' && <PastChoice />}
        </div>
      </header>
      {funnel ? <View /> : <Empty icon={TrendingUp} title={t('nothing')} text={t('nothingText')} />}
    </>
  );
}

function PastChoice() {
  const t = useWords(forecastWords);
  const { span, horizon, change } = useQuestion();
  return (
    <>
      <Choice
        label={t('span')}
        options={spans.map((id) => ({ id, name: t('months', { count: Number(id) }) }))}
        chosen={span}
        onChoose={(chosen) => change({ span: chosen })}
      />
      <Choice
        label={t('horizon')}
        options={horizons.map((id) => ({ id, name: id === 'ever' ? t('ever') : t('days', { count: Number(id) }) }))}
        chosen={horizon}
        onChoose={(chosen) => change({ horizon: chosen })}
      />
    </>
  );
}
