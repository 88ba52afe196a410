import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import type { StageFigures } from './use-funnel-report.ts';
import { funnelWords } from './words.ts';

/** What share of those who entered went on, on a bar with a mark where the target is. */
export function Conversion({ stage: { conversion, conversionTarget } }: { stage: StageFigures }) {
  const t = useWords(funnelWords);
  const { percent, percentBeside } = useFormats();
  if (conversion === null) return <div className="funnel-conversion">{t('none')}</div>;
  const isBelow = conversionTarget !== null && conversion < conversionTarget;
  return (
    <div className="funnel-conversion figures">
      <span className="funnel-term">{t('goOn')}</span>
      <span className="funnel-rate">
        {percentBeside(conversion, conversionTarget)}
        {conversionTarget !== null && (
          <small className={isBelow ? 'funnel-long' : undefined}>
            {t('target', { target: percent(conversionTarget) })}
          </small>
        )}
      </span>
      <span
        className="bar"
        aria-hidden
        data-judged={conversionTarget === null ? undefined : isBelow ? 'below' : 'reached'}
      >
        <span className="bar-fill" style={{ inlineSize: `${Math.min(1, conversion) * 100}%` }} />
        {conversionTarget !== null && (
          <span className="bar-mark" style={{ insetInlineStart: `${Math.min(1, conversionTarget) * 100}%` }} />
        )}
      </span>
    </div>
  );
}
