import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { scaleLinear } from '@visx/scale';
import { memo } from 'react';
import { useFormats } from '../../../language/use-formats.ts';
import type { Size } from './plot.tsx';

/** What the label of a month takes with the gap beside it. */
const labelPx = 84;

/** Where amounts stand: nothing at the foot, and a round figure at the top. */
export const amountScale = (most: number, { height }: Size) =>
  scaleLinear({ domain: [0, most > 0 ? most : 1], range: [height, 0], nice: 4 });

/** Where the points of a line stand, in the middle where there is only one. */
export const pointScale = (count: number, { width }: Size) =>
  scaleLinear({ domain: [0, count - 1], range: [0, width] });

/** Every so many points have a label, as many as there is room for. */
const labelledOf = (count: number, width: number): number[] => {
  const every = Math.max(1, Math.ceil((count * labelPx) / Math.max(width, 1)));
  return Array.from({ length: count }, (_, index) => index).filter((index) => index % every === 0);
};

interface TimeAxesProps extends Size {
  readonly ends: readonly string[];
  /** The amount at the top. */
  readonly most: number;
  readonly money: (value: number) => string;
}

/** Amounts upwards, months to the right. Drawn anew only when one of them changes. */
export const TimeAxes = memo(
  function TimeAxes({ ends, most, money, ...size }: TimeAxesProps) {
    const { month } = useFormats();
    const y = amountScale(most, size);
    return (
      <>
        <GridRows scale={y} width={size.width} numTicks={4} className="plot-grid" />
        <AxisLeft scale={y} numTicks={4} tickFormat={(value) => money(Number(value))} hideAxisLine hideTicks />
        <AxisBottom
          scale={pointScale(ends.length, size)}
          top={size.height}
          tickValues={labelledOf(ends.length, size.width)}
          tickFormat={(index) => month(ends[Number(index)] ?? '')}
          axisClassName="plot-foot"
          hideTicks
        />
      </>
    );
  },
  (before, after) =>
    before.most === after.most &&
    before.width === after.width &&
    before.height === after.height &&
    before.money === after.money &&
    before.ends.join() === after.ends.join(),
);
