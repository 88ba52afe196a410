import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react';
import { frameWords } from '../../../frame/words.ts';
import { useWords } from '../../../language/words.ts';
import { fanHeight, pastHeight, reliabilityHeight } from './heights.ts';

const Past = lazy(() => import('./past-chart.tsx'));
const Fan = lazy(() => import('./fan-chart.tsx'));
const Reliability = lazy(() => import('./reliability-chart.tsx'));

/** The legend above a chart, with its gap. */
const legendHeight = 30;

/** Charts are loaded once they are shown. Until then their place is kept free, so that nothing moves. */
function Place({ height, children }: { height: number; children: ReactNode }) {
  const t = useWords(frameWords);
  const free = <div className="loading" role="status" aria-label={t('loading')} style={{ blockSize: height }} />;
  return <Suspense fallback={free}>{children}</Suspense>;
}

export function PastChart(props: ComponentProps<typeof Past>) {
  return (
    <Place height={pastHeight + legendHeight}>
      <Past {...props} />
    </Place>
  );
}

export function FanChart(props: ComponentProps<typeof Fan>) {
  return (
    <Place height={fanHeight + legendHeight}>
      <Fan {...props} />
    </Place>
  );
}

export function ReliabilityChart(props: ComponentProps<typeof Reliability>) {
  return (
    <Place height={reliabilityHeight + legendHeight}>
      <Reliability {...props} />
    </Place>
  );
}
