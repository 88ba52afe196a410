import { CalendarClock } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import type { Connection } from '../api/connection.ts';
import { useFormats } from '../language/use-formats.ts';
import { useWords } from '../language/words.ts';
import { useWidth } from '../parts/use-width.ts';
import { useValueText } from '../parts/use-value-text.ts';
import { useSettled } from '../parts/use-settled.ts';
import { useShownDay } from './as-of.ts';
import { useCompany } from './company.ts';
import { dayOfNumber, numberOfDay, startOfDay } from './days.ts';
import { lastChoice, useHistoryDays } from './history.ts';
import { ticksOf } from './ticks.ts';
import { frameWords } from './words.ts';

/** How long the thumb must rest before the rooms follow it, in milliseconds. */
const restMs = 90;

/** The day under the thumb; the address follows when it rests. At the end stands today. */
const useDragged = (end: number): [number, (number: number) => void] => {
  const { day, choose } = useShownDay();
  const shown = day ? Math.min(numberOfDay(day), end) : end;
  const [dragged, drag] = useState(shown);
  const settled = useSettled(dragged, restMs);
  useEffect(() => drag(shown), [shown]);
  useEffect(() => {
    if (settled !== shown && settled === dragged) choose(settled >= end ? undefined : dayOfNumber(settled));
    // Only a rest of the thumb moves the address; the other way round is above.
  }, [settled]);
  return [dragged, drag];
};

/** One slider for the whole application: every room shows the day it stands on. */
export function TimeRail({ connection }: { connection: Connection }) {
  const t = useWords(frameWords);
  const formats = useFormats();
  const { timeZone } = useCompany();
  const { day, choose } = useShownDay();
  const days = useHistoryDays();
  const { first } = days;
  const end = lastChoice(days);
  const [number, drag] = useDragged(end);
  const beyond = day !== undefined && numberOfDay(day) >= end ? numberOfDay(day) : undefined;
  const shown = number < end ? number : beyond;
  const isPast = shown !== undefined;
  const told = isPast ? formats.day(startOfDay(dayOfNumber(shown), timeZone)) : t('today');
  const valueText = useValueText(told);
  return (
    <Slider className="time-rail" minValue={first} maxValue={end} value={number} onChange={drag}>
      <Label className="time-rail-label">
        <CalendarClock aria-hidden size={16} />
        <span className="sr-only">{t('day')}</span>
        <span aria-hidden>{told}</span>
      </Label>
      <SliderTrack className="time-rail-track">
        <Ticks first={first} end={end} />
        <div className="time-rail-fill" style={{ inlineSize: `${((number - first) / (end - first)) * 100}%` }} />
        <SliderThumb className="time-rail-thumb" inputRef={valueText} />
      </SliderTrack>
      {isPast ? (
        <Button className="button button-small" onPress={() => choose(undefined)}>
          {t('today')}
        </Button>
      ) : (
        <span className={`live live-${connection}`}>{connection === 'live' ? t('live') : t('connecting')}</span>
      )}
    </Slider>
  );
}

/** Marks below the line, some of them with what begins there. */
function Ticks({ first, end }: { first: number; end: number }) {
  const { shortMonth } = useFormats();
  const { timeZone } = useCompany();
  const [ref, width] = useWidth();
  const said = {
    year: (day: string) => day.slice(0, 4),
    month: (day: string) => shortMonth(startOfDay(day, timeZone)),
    nothing: () => '',
  };
  return (
    <div ref={ref} className="time-rail-ticks" aria-hidden>
      {ticksOf(first, end, width).map(({ at, says }) => (
        <span
          key={at}
          className={says === 'nothing' ? 'time-rail-tick' : 'time-rail-tick time-rail-said'}
          style={{ insetInlineStart: `${((at - first) / (end - first)) * 100}%` }}
        >
          {said[says](dayOfNumber(at))}
        </span>
      ))}
    </div>
  );
}
