import { useFieldName } from '../language/use-field-name.ts';
import { useWords } from '../language/words.ts';
import { Choice } from '../parts/choice.tsx';
import { useChosenFunnel } from './chosen-funnel.ts';
import { frameWords } from './words.ts';

/** Which funnel is looked at, for rooms that show one. */
export function FunnelChoice() {
  const t = useWords(frameWords);
  const name = useFieldName();
  const { funnel, funnels, choose } = useChosenFunnel();
  if (!funnel) return null;
  const options = funnels.map(({ id, label }) => ({ id, name: name(label) }));
  return <Choice label={t('chooseFunnel')} options={options} chosen={funnel.id} onChoose={choose} />;
}
