import type { Money } from '../../language/formats.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { quotaWords } from './words.ts';

export interface BulletFigures {
  readonly won: Money;
  readonly weightedOpen: Money;
  readonly quota: Money | null;
}

/** The end of the scale on which these figures fit, in units of the currency. */
export const scaleOf = (figures: readonly BulletFigures[]): number =>
  figures.reduce((most, { won, weightedOpen, quota }) => {
    return Math.max(most, Number(won.value) + Number(weightedOpen.value), Number(quota?.value ?? 0));
  }, 0);

/** What was won, what is expected on top of it, and the mark to be reached. */
export function Bullet({ figures, scale, isLarge = false }: BulletProps) {
  const t = useWords(quotaWords);
  const { shortMoney } = useFormats();
  const { won, weightedOpen, quota } = figures;
  const share = (money: Money): number => (scale > 0 ? (Number(money.value) / scale) * 100 : 0);
  const isReached = quota !== null && Number(won.value) >= Number(quota.value);
  const words = { won: shortMoney(won), weighted: shortMoney(weightedOpen) };
  const label = quota ? t('wonOf', { ...words, quota: shortMoney(quota) }) : t('wonWithout', words);
  return (
    <svg className={isLarge ? 'bullet bullet-large' : 'bullet'} role="img" aria-label={label}>
      <rect className="bullet-track" width="100%" height="100%" rx="4" />
      <rect
        className="bullet-open"
        y="18%"
        height="64%"
        x={`${share(won)}%`}
        width={`${share(weightedOpen)}%`}
        rx="2"
      />
      <rect
        className={isReached ? 'bullet-won bullet-reached' : 'bullet-won'}
        y="18%"
        height="64%"
        width={`${share(won)}%`}
        rx="2"
      />
      {/* Half its width to the left, so that a mark at the end of the scale is not cut off. */}
      {quota && (
        <rect className="bullet-quota" height="100%" x={`${share(quota)}%`} width="3" transform="translate(-3)" />
      )}
    </svg>
  );
}

interface BulletProps {
  readonly figures: BulletFigures;
  /** See {@link scaleOf}; the same for all that are compared. */
  readonly scale: number;
  readonly isLarge?: boolean;
}

export function BulletLegend() {
  const t = useWords(quotaWords);
  return (
    <ul className="bullet-legend" aria-hidden>
      <li className="bullet-legend-won">{t('legendWon')}</li>
      <li className="bullet-legend-open">{t('legendOpen')}</li>
      <li className="bullet-legend-quota">{t('legendQuota')}</li>
    </ul>
  );
}
