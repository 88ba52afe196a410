import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { axisLine } from './axis.ts';
import { ChartTip } from './chart-tip.tsx';
import type { Comparison } from './forecast-reads.ts';
import { currencyOf, linesOf } from './lines.ts';
import { useGroup } from './use-group.ts';
import { forecastWords } from './words.ts';

const drawn = [
  { key: 'realized', className: 'chart-realized', color: 'var(--good-fill)', dash: '' },
  { key: 'asItWas', className: 'chart-then', color: 'var(--ink-faint)', dash: '5 4' },
  { key: 'reforecast', className: 'chart-other', color: 'var(--accent)', dash: '' },
] as const;

/** Three lines over the period ends; the same figures stand in the table below. */
export function PastChart({ comparison }: { comparison: Comparison }) {
  const t = useWords(forecastWords);
  const formats = useFormats();
  const { group } = useGroup(comparison);
  const currency = currencyOf(comparison) ?? 'CNY';
  const money = (value: number) => formats.shortMoney({ value: String(value), currency });
  return (
    <figure className="chart">
      <ul className="chart-legend">
        {drawn.map(({ key, color }) => (
          <li key={key}>
            <span style={{ background: color }} aria-hidden />
            {t(key)}
          </li>
        ))}
      </ul>
      <ResponsiveContainer width="100%" height={300}>
        <LineChart data={[...linesOf(comparison, group)]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="at" tickFormatter={formats.month} tickLine={false} minTickGap={28} axisLine={axisLine} />
          <YAxis tickFormatter={money} width={72} tickLine={false} axisLine={false} />
          <Tooltip content={<ChartTip names={{ ...names(t) }} money={money} />} />
          {drawn.map(({ key, color, dash }) => (
            <Line
              key={key}
              dataKey={key}
              stroke={color}
              strokeWidth={2}
              strokeDasharray={dash}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
      <figcaption className="sr-only">{t('chartTold')}</figcaption>
    </figure>
  );
}

const names = (t: (key: (typeof drawn)[number]['key']) => string) =>
  Object.fromEntries(drawn.map(({ key }) => [key, t(key)]));
