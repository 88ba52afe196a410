import { Area, LinePath } from '@visx/shape';
import { useCallback } from 'react';
import { useFormats } from '../../../language/use-formats.ts';
import { useWords } from '../../../language/words.ts';
import type { Simulation } from '../forecast-reads.ts';
import { forecastWords } from '../words.ts';
import { amountScale, pointScale, TimeAxes } from './axes.tsx';
import { fanHeight } from './heights.ts';
import { Legend } from './legend.tsx';
import { Plot, type Drawing, type Size } from './plot.tsx';

type Period = Simulation['groups'][number]['periods'][number];

const colors = { band: 'var(--accent-line)', middle: 'var(--accent)' } as const;

interface FanChartProps {
  readonly title: string;
  readonly periods: readonly Period[];
}

/** What is won from a day on: eight of ten futures lie in the band, half of them above the line. */
export default function FanChart({ title, periods }: FanChartProps) {
  const t = useWords(forecastWords);
  const { shortMoney, day } = useFormats();
  const currency = periods[0]?.won.p50.currency ?? 'CNY';
  const money = useCallback((value: number) => shortMoney({ value: String(value), currency }), [shortMoney, currency]);
  const points = periods.map(({ until, wonToDate: { p10, p50, p90 } }) => ({
    until,
    ...{ low: Number(p10.value), middle: Number(p50.value), high: Number(p90.value) },
  }));
  const ends = points.map(({ until }) => until);
  const most = Math.max(0, ...points.map(({ high }) => high));
  const draw = (size: Size): Drawing => {
    const [scale, y] = [pointScale(points.length, size), amountScale(most, size)];
    const x = (_: unknown, index: number) => scale(index);
    return {
      shapes: (
        <>
          <TimeAxes {...size} ends={ends} most={most} money={money} />
          <Area data={points} x={x} y0={({ low }) => y(low)} y1={({ high }) => y(high)} className="chart-band" />
          <LinePath data={points} x={x} y={({ middle }) => y(middle)} stroke={colors.middle} className="chart-line" />
          {points.map(({ until, middle }, index) => (
            <circle key={until} className="plot-dot" cx={scale(index)} cy={y(middle)} r={3.5} fill={colors.middle} />
          ))}
        </>
      ),
      spots: points.map(({ until, low, middle, high }, index) => ({
        ...{ x: scale(index), title: day(until) },
        lines: [
          { name: t('middle'), text: money(middle), color: colors.middle },
          { name: t('band'), text: `${money(low)} – ${money(high)}`, color: colors.band },
        ],
        marks: [low, middle, high].map((value) => ({ y: y(value), color: colors.middle })),
      })),
    };
  };
  return (
    <figure className="chart">
      <Legend items={(['middle', 'band'] as const).map((key) => ({ name: t(key), color: colors[key] }))} />
      <Plot label={title} height={fanHeight} inset={60} draw={draw} />
      <figcaption className="sr-only">{t('fanTold')}</figcaption>
    </figure>
  );
}
