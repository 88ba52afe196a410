import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { axisLine } from './axis.ts';
import { ChartTip } from './chart-tip.tsx';
import type { Simulation } from './forecast-reads.ts';
import { forecastWords } from './words.ts';

type Period = Simulation['groups'][number]['periods'][number];

/** What is won from today on: eight of ten futures lie in the band, half of them above the line. */
export function FanChart({ periods }: { periods: readonly Period[] }) {
  const t = useWords(forecastWords);
  const formats = useFormats();
  const currency = periods[0]?.won.p50.currency ?? 'CNY';
  const money = (value: number) => formats.shortMoney({ value: String(value), currency });
  const points = periods.map(({ until, wonToDate: { p10, p50, p90 } }) => ({
    until,
    band: [Number(p10.value), Number(p90.value)],
    p50: Number(p50.value),
  }));
  return (
    <figure className="chart">
      <ResponsiveContainer width="100%" height={300}>
        <ComposedChart data={points} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="until" tickFormatter={formats.month} tickLine={false} axisLine={axisLine} />
          <YAxis tickFormatter={money} width={72} tickLine={false} axisLine={false} />
          <Tooltip content={<ChartTip names={{ band: t('band'), p50: t('middle') }} money={money} />} />
          <Area dataKey="band" stroke="none" fill="var(--accent)" fillOpacity={0.18} isAnimationActive={false} />
          <Line dataKey="p50" stroke="var(--accent)" strokeWidth={2} dot={{ r: 3 }} isAnimationActive={false} />
        </ComposedChart>
      </ResponsiveContainer>
      <figcaption className="sr-only">{t('fanTold')}</figcaption>
    </figure>
  );
}
