import { useEffect, useState } from 'react';
import { Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { stageColor } from '../../../design/stage-colors.ts';
import type { Funnel } from '../../../frame/chosen-funnel.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { useWords } from '../../../language/words.ts';
import { useValueText } from '../../../parts/use-value-text.ts';
import { useSettled } from '../../../parts/use-settled.ts';
import { useMoment } from '../use-moment.ts';
import { roomWords } from '../words.ts';
import type { Visit } from './visits.ts';

interface LifeStripProps {
  readonly funnel: Funnel;
  readonly visits: readonly Visit[];
  readonly moments: readonly number[];
  readonly shownAt: number;
  readonly now: number;
  readonly stageName: (key: string) => string;
}

/** How long the thumb must rest before the deal follows it, in milliseconds. */
const restMs = 80;
/** The slider moves by minutes: fine enough for any life, and never a fraction. */
const minuteMs = 60_000;
const upwards = (at: number) => Math.ceil(at / minuteMs) * minuteMs;

/** The minute under the thumb; the address follows when it rests. */
const useScrubbed = (shownAt: number, now: number): [number, (at: number) => void] => {
  const { choose } = useMoment();
  const [at, scrub] = useState(shownAt);
  const [isScrubbing, setScrubbing] = useState(false);
  const settled = useSettled(at, restMs);
  useEffect(() => {
    if (!isScrubbing) scrub(shownAt);
  }, [shownAt, isScrubbing]);
  useEffect(() => {
    if (!isScrubbing || settled !== at) return;
    setScrubbing(false);
    choose(settled >= now ? undefined : settled);
    // Only a rest of the thumb moves the address.
  }, [settled, isScrubbing]);
  const drag = (to: number) => {
    setScrubbing(true);
    scrub(to);
  };
  return [at, drag];
};

/** The whole life in proportion, coloured by stage, with a mark for each event, to be scrubbed through. */
export function LifeStrip({ funnel, visits, moments, shownAt, now, stageName }: LifeStripProps) {
  const t = useWords(roomWords);
  const formats = useFormats();
  const first = Math.floor((moments[0] ?? now) / minuteMs) * minuteMs;
  const last = Math.max(upwards(now), first + minuteMs);
  const [at, drag] = useScrubbed(Math.min(Math.max(upwards(shownAt), first), last), last);
  const share = (moment: number) => `${((moment - first) / (last - first)) * 100}%`;
  const valueText = useValueText(formats.time(at));
  const index = new Map(funnel.stages.map(({ key }, place) => [key, place]));
  return (
    <Slider
      className="strip"
      minValue={first}
      maxValue={last}
      step={minuteMs}
      value={at}
      onChange={drag}
      formatOptions={{ useGrouping: false }}
    >
      <Label className="sr-only">{t('moment')}</Label>
      <SliderTrack className="strip-track">
        {visits.map(({ stage, from, until }) => (
          <span
            key={from}
            className="strip-visit"
            title={`${stageName(stage)} · ${formats.day(from)} – ${until === null ? t('now') : formats.day(until)}`}
            style={{
              insetInlineStart: share(from),
              inlineSize: `calc(${share(until ?? last)} - ${share(from)})`,
              background: stageColor(index.get(stage) ?? 0, funnel.stages.length),
            }}
          />
        ))}
        {moments.map((moment, place) => (
          <span key={place} className="strip-event" style={{ insetInlineStart: share(moment) }} />
        ))}
        <span className="strip-ahead" style={{ insetInlineStart: share(at) }} />
        <SliderThumb className="strip-thumb" inputRef={valueText} />
      </SliderTrack>
      <div className="strip-ends figures" aria-hidden>
        <span>{formats.day(first)}</span>
        <span>{formats.day(last)}</span>
      </div>
    </Slider>
  );
}
