import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

export interface Window {
  /** For the element that scrolls. */
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  /** The rows that are in the document: from the first until before the last. */
  readonly first: number;
  readonly last: number;
  /** Scrolls a row into view. */
  readonly reveal: (index: number) => void;
}

/** Rows beyond the edges that are there already when one scrolls. */
const beyond = 2;

/** Which of many rows of one height are worth having in the document. */
export const useWindow = (count: number, rowHeight: number): Window => {
  const ref = useRef<HTMLDivElement>(null);
  const [{ first, last }, setRange] = useState({ first: 0, last: 8 });
  const measure = useCallback(() => {
    const { scrollTop = 0, clientHeight = 0 } = ref.current ?? {};
    const from = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
    const to = Math.ceil((scrollTop + clientHeight) / rowHeight) + beyond;
    setRange((now) => (now.first === from && now.last === to ? now : { first: from, last: to }));
  }, [rowHeight]);
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (ref.current) observer.observe(ref.current);
    return () => observer.disconnect();
  }, [measure]);
  const reveal = useCallback(
    (index: number) => {
      const scroller = ref.current;
      if (!scroller) return;
      const top = index * rowHeight;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      const bottom = top + rowHeight - scroller.clientHeight;
      if (bottom > scroller.scrollTop) scroller.scrollTop = bottom;
      measure();
    },
    [measure, rowHeight],
  );
  return { ref, onScroll: measure, first: Math.min(first, count), last: Math.min(last, count), reveal };
};
