import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useWidth } from '../../../parts/use-width.ts';
import './chart.css';
import { nearest, type Spot } from './spots.ts';
import { Tip } from './tip.tsx';

/** The room between the axes, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Drawing {
  /** Axes and marks; the corner at the top left of the room between the axes is 0, 0. */
  readonly shapes: ReactNode;
  /** What is told of the marks, from left to right. */
  readonly spots: readonly Spot[];
}
interface PlotProps {
  readonly label: string;
  readonly height: number;
  /** Of the axis on the left. */
  readonly inset: number;
  readonly draw: (size: Size) => Drawing;
}

const margin = { top: 8, right: 24, bottom: 28 } as const;

/** A chart as wide as its place. The pointer and the arrow keys go through what it tells. */
export function Plot({ label, height, inset, draw }: PlotProps) {
  const [ref, width] = useWidth();
  const [at, setAt] = useState<number>();
  const inner = { width: Math.max(0, width - inset - margin.right), height: height - margin.top - margin.bottom };
  const { shapes, spots } = width > 0 ? draw(inner) : { shapes: null, spots: [] };
  const spot = at === undefined ? undefined : spots[Math.min(at, spots.length - 1)];
  const point = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    setAt(nearest(spots, clientX - left - inset, clientY - top - margin.top));
  };
  const step = (event: KeyboardEvent) => {
    const to = stepTo(event.key, at, spots.length);
    if (to === 'stay') return;
    event.preventDefault();
    setAt(to);
  };
  return (
    <div ref={ref} className="plot" style={{ blockSize: height }}>
      <svg
        className="plot-drawing"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="application"
        aria-label={label}
        tabIndex={0}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setAt(undefined)}
        onKeyDown={step}
        onBlur={() => setAt(undefined)}
      >
        <g transform={`translate(${inset} ${margin.top})`}>
          {shapes}
          {spot?.marks.length && <Pointed spot={spot} height={inner.height} />}
        </g>
      </svg>
      {spot && <Tip spot={spot} left={inset + spot.x} isLeft={spot.x > inner.width / 2} />}
    </div>
  );
}

const stepTo = (key: string, at: number | undefined, count: number): number | undefined | 'stay' => {
  if (count === 0) return 'stay';
  switch (key) {
    case 'ArrowRight':
      return at === undefined ? 0 : Math.min(at + 1, count - 1);
    case 'ArrowLeft':
      return at === undefined ? count - 1 : Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'Escape':
      return at === undefined ? 'stay' : undefined;
    default:
      return 'stay';
  }
};

/** A line from top to bottom, and a dot on each mark. */
function Pointed({ spot: { x, marks }, height }: { spot: Spot; height: number }) {
  return (
    <>
      <line className="plot-guide" x1={x} x2={x} y1={0} y2={height} />
      {marks.map(({ y, color }, index) => (
        <circle key={index} className="plot-dot" cx={x} cy={y} r={4} fill={color} />
      ))}
    </>
  );
}
