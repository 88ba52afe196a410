import { CalendarX2, TrendingUp } from 'lucide-react';
import { useChosenFunnel } from '../../frame/chosen-funnel.ts';
import { useCompany } from '../../frame/company.ts';
import { dayOf, startOfDay } from '../../frame/days.ts';
import { FunnelChoice } from '../../frame/funnel-choice.tsx';
import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Choice, Segmented } from '../../parts/choice.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { CalibrationView } from './calibration-view.tsx';
import './forecast.css';
import { horizons, spans, views, type View } from './route.ts';
import { SimulationView } from './simulation-view.tsx';
import { usePast, useQuestion } from './use-question.ts';
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
  const { firstAt } = useCompany();
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
      {firstAt === null && <Empty icon={TrendingUp} title={t('nothing')} text={t('nothingText')} />}
      {firstAt !== null && (funnel ? <InScope view={view} /> : <Loading lines={8} />)}
    </>
  );
}

/** A look at the past that lies before or after all that happened would show figures of nothing. */
function InScope({ view }: { view: View }) {
  const t = useWords(forecastWords);
  const { day } = useFormats();
  const { scope } = usePast();
  const { firstAt, lastAt, timeZone } = useCompany();
  const [first, last] = [firstAt ?? Date.now(), lastAt ?? Date.now()] as const;
  const isBefore = scope.to < dayOf(new Date(first).getTime(), timeZone);
  const isAfter = scope.from > dayOf(new Date(last).getTime(), timeZone);
  if (view !== 'simulation' && (isBefore || isAfter)) {
    const told = (each: string) => day(startOfDay(each, timeZone));
    const days = { from: told(scope.from), to: told(scope.to), first: day(first), last: day(last) };
    return <Empty icon={CalendarX2} title={t('outside')} text={t('outsideText', days)} />;
  }
  const View = shown[view];
  return <View />;
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
