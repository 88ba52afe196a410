import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useWords } from '../language/words.ts';
import { Empty } from '../parts/states.tsx';
import { frameWords } from './words.ts';

export function NotFound() {
  const t = useWords(frameWords);
  return (
    <Empty icon={Compass} title={t('notFound')} text={t('notFoundBody')}>
      <Link to="/" className="button button-primary">
        {t('goHome')}
      </Link>
    </Empty>
  );
}
