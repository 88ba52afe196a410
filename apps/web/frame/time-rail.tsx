import { CalendarClock } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import type { Connection } from '../api/connection.ts';
import { useFormats } from '../language/use-formats.ts';
import { useWords } from '../language/words.ts';
import { useSettled } from '../parts/use-settled.ts';
import { useShownDay } from './as-of.ts';
import { useCompany } from './company.ts';
import { dayOf, dayOfNumber, numberOfDay, startOfDay } from './days.ts';
import { frameWords } from './words.ts';

/** How long the thumb must rest before the rooms follow it, in milliseconds. */
const restMs = 90;

/** First and last day of the company's history. */
const useRange = (): { first: number; today: number } => {
  const { firstAt, timeZone } = useCompany();
  const today = numberOfDay(dayOf(Date.now(), timeZone));
  const first = firstAt ? numberOfDay(dayOf(Date.parse(firstAt), timeZone)) : today - 1;
  return { first: Math.min(first, today - 1), today };
};

/** The day under the thumb; the address follows when it rests. */
const useDragged = (today: number): [number, (number: number) => void] => {
  const { day, choose } = useShownDay();
  const shown = day ? Math.min(numberOfDay(day), today) : today;
  const [dragged, drag] = useState(shown);
  const settled = useSettled(dragged, restMs);
  useEffect(() => drag(shown), [shown]);
  useEffect(() => {
    if (settled !== shown && settled === dragged) choose(settled >= today ? undefined : dayOfNumber(settled));
    // Only a rest of the thumb moves the address; the other way round is above.
  }, [settled]);
  return [dragged, drag];
};

/** One slider for the whole application: every room shows the day it stands on. */
export function TimeRail({ connection }: { connection: Connection }) {
  const t = useWords(frameWords);
  const formats = useFormats();
  const { timeZone } = useCompany();
  const { first, today } = useRange();
  const [number, drag] = useDragged(today);
  const isPast = number < today;
  const label = (day: number) => formats.day(startOfDay(dayOfNumber(day), timeZone));
  return (
    <Slider className="time-rail" minValue={first} maxValue={today} value={number} onChange={drag}>
      <Label className="time-rail-label">
        <CalendarClock aria-hidden size={16} />
        <span className="sr-only">{t('day')}</span>
        <span aria-hidden>{isPast ? label(number) : t('today')}</span>
      </Label>
      <SliderTrack className="time-rail-track">
        <Ticks first={first} today={today} />
        <div className="time-rail-fill" style={{ inlineSize: `${((number - first) / (today - first)) * 100}%` }} />
        <SliderThumb className="time-rail-thumb" />
      </SliderTrack>
      {isPast ? (
        <Button className="button button-small" onPress={() => drag(today)}>
          {t('today')}
        </Button>
      ) : (
        <span className={`live live-${connection}`}>{connection === 'live' ? t('live') : t('connecting')}</span>
      )}
    </Slider>
  );
}

/** A mark at the beginning of each quarter, a name at that of each year. */
function Ticks({ first, today }: { first: number; today: number }) {
  const starts = Array.from({ length: 4 * 60 }, (_, index) => {
    const year = Number(dayOfNumber(first).slice(0, 4)) + Math.floor(index / 4);
    return { year, quarter: index % 4, at: numberOfDay(`${year}-${['01', '04', '07', '10'][index % 4]}-01`) };
  }).filter(({ at }) => at > first && at < today);
  return (
    <div className="time-rail-ticks" aria-hidden>
      {starts.map(({ year, quarter, at }) => (
        <span
          key={at}
          className={quarter === 0 ? 'time-rail-year' : 'time-rail-quarter'}
          style={{ insetInlineStart: `${((at - first) / (today - first)) * 100}%` }}
        >
          {quarter === 0 ? year : ''}
        </span>
      ))}
    </div>
  );
}
