import { useLayoutEffect, useRef, type RefObject } from 'react';

/** For the thumb of a slider over time: says where it stands, and not how many days or milliseconds that is. */
export const useValueText = (text: string): RefObject<HTMLInputElement | null> => {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.setAttribute('aria-valuetext', text));
  return input;
};
