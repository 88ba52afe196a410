import {
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
  ZAxis,
} from 'recharts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { axisLine } from './axis.ts';
import type { Calibration } from './forecast-reads.ts';
import { judgedSets } from './judgement.tsx';
import { forecastWords } from './words.ts';

const colors = { asItWas: 'var(--ink-faint)', byCount: 'var(--accent)', byAmount: 'var(--warn-fill)' } as const;
const whole: [number, number] = [0, 1];

const pointsOf = ({ reliability }: Calibration['judged']['asItWas']) =>
  reliability.map(({ weight, count, wins }) => ({ said: weight, came: count > 0 ? wins / count : 0, count }));

/** What was said against how often it came true; on the diagonal the weights tell the truth. */
export function ReliabilityChart({ calibration }: { calibration: Calibration }) {
  const t = useWords(forecastWords);
  const { percent } = useFormats();
  const axis = { type: 'number', domain: whole, tickFormatter: percent, tickLine: false } as const;
  return (
    <figure className="chart">
      <ul className="chart-legend">
        {judgedSets.map((set) => (
          <li key={set}>
            <span style={{ background: colors[set] }} aria-hidden />
            {t(set)}
          </li>
        ))}
      </ul>
      <ResponsiveContainer width="100%" height={240}>
        <ScatterChart margin={{ top: 8, right: 16, bottom: 4, left: 0 }}>
          <CartesianGrid stroke="var(--line)" />
          <XAxis {...axis} dataKey="said" name={t('said')} axisLine={axisLine} />
          <YAxis {...axis} dataKey="came" name={t('came')} width={48} axisLine={false} />
          <ZAxis dataKey="count" range={[50, 400]} name={t('sample')} />
          <ReferenceLine
            segment={[
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ]}
            stroke="var(--ink-faint)"
            strokeDasharray="4 4"
          />
          <Tooltip
            contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 8 }}
            formatter={(value, name) => [name === t('sample') ? value : percent(Number(value)), name]}
          />
          {judgedSets.map((set) => (
            <Scatter
              key={set}
              name={t(set)}
              fill={colors[set]}
              fillOpacity={0.75}
              isAnimationActive={false}
              data={pointsOf(calibration.judged[set])}
            />
          ))}
        </ScatterChart>
      </ResponsiveContainer>
      <figcaption className="sr-only">{t('reliabilityTold')}</figcaption>
    </figure>
  );
}
