import { RotateCcw } from 'lucide-react';
import { memo } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { stageColor } from '../../design/stage-colors.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { useStages } from './use-question.ts';
import type { Weights } from './weights.ts';
import { forecastWords } from './words.ts';

interface WeightSlidersProps {
  readonly weights: Weights;
  readonly onMove: (stage: string, weight: number) => void;
  readonly onReset: () => void;
}

/** One slider a stage, standing where the funnel has it until it is moved. */
export function WeightSliders({ weights, onMove, onReset }: WeightSlidersProps) {
  const t = useWords(forecastWords);
  const stages = useStages();
  return (
    <fieldset className="forecast-weights">
      <legend>
        <h2>{t('weights')}</h2>
      </legend>
      {stages.map((stage, index) => (
        <WeightSlider
          key={stage.key}
          stage={stage.key}
          name={stage.label}
          color={stageColor(index, stages.length)}
          usual={stage.weight}
          chosen={weights[stage.key]}
          onMove={onMove}
        />
      ))}
      <Button className="button button-small" isDisabled={Object.keys(weights).length === 0} onPress={onReset}>
        <RotateCcw aria-hidden size={14} /> {t('reset')}
      </Button>
    </fieldset>
  );
}

interface WeightSliderProps {
  readonly stage: string;
  readonly name: string;
  readonly color: string;
  /** What the funnel says today, which is where the thumb rests. */
  readonly usual: number;
  readonly chosen: number | undefined;
  readonly onMove: WeightSlidersProps['onMove'];
}

/** Drawn anew only when its own thumb moves. */
const WeightSlider = memo(function WeightSlider({ stage, name, color, usual, chosen, onMove }: WeightSliderProps) {
  const t = useWords(forecastWords);
  const { percent } = useFormats();
  const weight = chosen ?? usual;
  return (
    <Slider
      className="weight-slider"
      minValue={0}
      maxValue={1}
      step={0.01}
      value={weight}
      onChange={(moved) => onMove(stage, moved)}
      formatOptions={{ style: 'percent', maximumFractionDigits: 2 }}
    >
      <Label className="weight-slider-name">
        <span className="weight-slider-dot" style={{ background: color }} aria-hidden />
        {name}
      </Label>
      <SliderOutput className="weight-slider-value figures">
        {chosen === undefined ? `${percent(usual)} · ${t('asThen')}` : percent(weight)}
      </SliderOutput>
      <SliderTrack className="weight-slider-track">
        <span className="weight-slider-fill" style={{ inlineSize: `${weight * 100}%`, background: color }} />
        <span className="weight-slider-usual" style={{ insetInlineStart: `${usual * 100}%` }} aria-hidden />
        <SliderThumb className="weight-slider-thumb" />
      </SliderTrack>
    </Slider>
  );
});
