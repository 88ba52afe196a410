import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useWords } from '../../language/words.ts';
import { Segmented } from '../../parts/choice.tsx';
import { importWords } from './words.ts';

const choices = ['stop', 'skip'] as const;
type OnError = (typeof choices)[number];

interface StartButtonsProps {
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly onStart: (dryRun: boolean, onError: OnError) => void;
}

/** A dry run reads everything and writes nothing. */
export function StartButtons({ isReady, isBusy, onStart }: StartButtonsProps) {
  const t = useWords(importWords);
  const [onError, setOnError] = useState<OnError>('stop');
  const isDisabled = !isReady || isBusy;
  return (
    <div className="import-start">
      <Segmented
        label={t('onError')}
        options={choices.map((id) => ({ id, name: t(`onError_${id}`) }))}
        chosen={onError}
        onChoose={setOnError}
      />
      <Button className="button" isDisabled={isDisabled} onPress={() => onStart(true, onError)}>
        {t('dryRun')}
      </Button>
      <Button className="button button-primary" isDisabled={isDisabled} onPress={() => onStart(false, onError)}>
        {t('start')}
      </Button>
    </div>
  );
}
