import { useWords } from '../../language/words.ts';
import { frameWords } from '../../frame/words.ts';

export default function HomeRoom() {
  const t = useWords(frameWords);
  return <h1>{t('home')}</h1>;
}
