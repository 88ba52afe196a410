import { LinePath } from '@visx/shape';
import { useCallback } from 'react';
import { useFormats } from '../../../language/use-formats.ts';
import { useWords } from '../../../language/words.ts';
import type { Comparison } from '../forecast-reads.ts';
import { currencyOf, linesOf } from '../lines.ts';
import { useGroup } from '../use-group.ts';
import { forecastWords } from '../words.ts';
import { amountScale, pointScale, TimeAxes } from './axes.tsx';
import { pastHeight } from './heights.ts';
import { Legend } from './legend.tsx';
import { Plot, type Drawing, type Size } from './plot.tsx';

const drawn = [
  { key: 'realized', color: 'var(--good-fill)', isDashed: false },
  { key: 'asItWas', color: 'var(--ink-faint)', isDashed: true },
  { key: 'reforecast', color: 'var(--accent)', isDashed: false },
] as const;

/** Three lines over the period ends; the same figures stand in the table below. */
export default function PastChart({ comparison }: { comparison: Comparison }) {
  const t = useWords(forecastWords);
  const { shortMoney, day } = useFormats();
  const { group } = useGroup(comparison);
  const currency = currencyOf(comparison) ?? 'CNY';
  const money = useCallback((value: number) => shortMoney({ value: String(value), currency }), [shortMoney, currency]);
  const points = linesOf(comparison, group);
  const ends = points.map(({ at }) => at);
  const most = Math.max(0, ...points.flatMap(({ asItWas, reforecast, realized }) => [asItWas, reforecast, realized]));
  const draw = (size: Size): Drawing => {
    const [x, y] = [pointScale(points.length, size), amountScale(most, size)];
    return {
      shapes: (
        <>
          <TimeAxes {...size} ends={ends} most={most} money={money} />
          {drawn.map(({ key, color, isDashed }) => (
            <LinePath
              key={key}
              className="chart-line"
              data={[...points]}
              x={(_, index) => x(index)}
              y={(point) => y(point[key])}
              stroke={color}
              {...(isDashed && { strokeDasharray: '5 4' })}
            />
          ))}
        </>
      ),
      spots: points.map((point, index) => ({
        ...{ x: x(index), title: day(point.at) },
        lines: drawn.map(({ key, color }) => ({ name: t(key), text: money(point[key]), color })),
        marks: drawn.map(({ key, color }) => ({ y: y(point[key]), color })),
      })),
    };
  };
  return (
    <figure className="chart">
      <Legend items={drawn.map(({ key, ...line }) => ({ name: t(key), ...line }))} />
      <Plot label={t('overTime')} height={pastHeight} inset={60} draw={draw} />
      <figcaption className="sr-only">{t('chartTold')}</figcaption>
    </figure>
  );
}
