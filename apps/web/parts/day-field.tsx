import { useLayoutEffect, useRef } from 'react';
import { isDay } from '../frame/days.ts';

interface DayFieldProps {
  readonly label: string;
  readonly day: string;
  readonly first?: string | undefined;
  readonly last: string;
  readonly onChoose: (day: string) => void;
}

/** A day, by the calendar of the browser. What is only half typed chooses nothing. */
export function DayField({ label, day, first, last, onChoose }: DayFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  // Not by its `value`, which would take away what is only half typed.
  useLayoutEffect(() => {
    if (input.current) input.current.value = day;
  }, [day]);
  const choose = (typed: string) => {
    if (isDay(typed) && typed <= last && (first === undefined || typed >= first)) onChoose(typed);
  };
  return (
    <label className="select-button">
      <span className="select-label">{label}</span>
      <input
        ref={input}
        className="day-field"
        type="date"
        defaultValue={day}
        min={first}
        max={last}
        onChange={({ target }) => choose(target.value)}
      />
    </label>
  );
}
