import { AxisBottom, AxisLeft } from '@visx/axis';
import { Grid } from '@visx/grid';
import { scaleLinear, scaleSqrt } from '@visx/scale';
import { useFormats } from '../../../language/use-formats.ts';
import { useWords } from '../../../language/words.ts';
import type { Calibration } from '../forecast-reads.ts';
import { judgedSets } from '../judgement.tsx';
import { forecastWords } from '../words.ts';
import { reliabilityHeight } from './heights.ts';
import { Legend } from './legend.tsx';
import { Plot, type Drawing, type Size } from './plot.tsx';

const colors = { asItWas: 'var(--ink-faint)', byCount: 'var(--accent)', byAmount: 'var(--warn-fill)' } as const;
const quarters = [0, 0.25, 0.5, 0.75, 1];

const pointsOf = ({ judged }: Calibration) =>
  judgedSets
    .flatMap((set) =>
      judged[set].reliability
        .filter(({ count }) => count > 0)
        .map(({ weight, count, wins }) => ({ set, said: weight, came: wins / count, count })),
    )
    .sort((one, other) => one.said - other.said);

/** What was said against how often it came true; on the diagonal the weights tell the truth. */
export default function ReliabilityChart({ calibration }: { calibration: Calibration }) {
  const t = useWords(forecastWords);
  const { percent, number } = useFormats();
  const points = pointsOf(calibration);
  const most = Math.max(1, ...points.map(({ count }) => count));
  const draw = ({ width, height }: Size): Drawing => {
    const x = scaleLinear({ domain: [0, 1], range: [0, width] });
    const y = scaleLinear({ domain: [0, 1], range: [height, 0] });
    const radius = scaleSqrt({ domain: [0, most], range: [3, 11] });
    const axis = { tickValues: quarters, tickFormat: (value: unknown) => percent(Number(value)), hideTicks: true };
    const grid = { rowTickValues: quarters, columnTickValues: quarters };
    return {
      shapes: (
        <>
          <Grid xScale={x} yScale={y} width={width} height={height} {...grid} className="plot-grid" />
          <AxisLeft scale={y} {...axis} hideAxisLine />
          <AxisBottom scale={x} top={height} {...axis} axisClassName="plot-foot" />
          <line className="plot-diagonal" x1={0} y1={height} x2={width} y2={0} />
          {points.map(({ set, said, came, count }) => (
            <circle
              key={`${set} ${said}`}
              className="chart-bubble"
              cx={x(said)}
              cy={y(came)}
              r={radius(count)}
              fill={colors[set]}
            />
          ))}
        </>
      ),
      spots: points.map(({ set, said, came, count }) => ({
        ...{ x: x(said), y: y(came), title: t(set) },
        lines: [
          { name: t('said'), text: percent(said) },
          { name: t('came'), text: percent(came) },
          { name: t('sample'), text: number(count) },
        ],
        marks: [{ y: y(came), color: colors[set] }],
      })),
    };
  };
  return (
    <figure className="chart">
      <Legend items={judgedSets.map((set) => ({ name: t(set), color: colors[set] }))} />
      <Plot label={t('reliability')} height={reliabilityHeight} inset={52} draw={draw} />
      <figcaption className="sr-only">{t('reliabilityTold')}</figcaption>
    </figure>
  );
}
