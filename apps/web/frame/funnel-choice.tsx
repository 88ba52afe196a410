import { useWords } from '../language/words.ts';
import { Choice } from '../parts/choice.tsx';
import { useChosenFunnel } from './chosen-funnel.ts';
import { frameWords } from './words.ts';

/** Which funnel is looked at, for rooms that show one. */
export function FunnelChoice() {
  const t = useWords(frameWords);
  const { funnel, funnels, choose } = useChosenFunnel();
  if (!funnel) return null;
  const options = funnels.map(({ id, label }) => ({ id, name: label }));
  return <Choice label={t('chooseFunnel')} options={options} chosen={funnel.id} onChoose={choose} />;
}
