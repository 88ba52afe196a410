import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react';
import './quick-menu.css';

interface QuickMenuProps {
  readonly label: string;
  /** It hangs on this button, which has the focus again when it closes. */
  readonly button: HTMLElement;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const gap = 4;

/** Below the button and in line with its end; above, where there is no room below. */
const place = (menu: HTMLElement, button: HTMLElement): void => {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = menu;
  const below = bottom + gap;
  const above = top - gap - offsetHeight;
  menu.style.left = `${Math.max(gap, right - offsetWidth)}px`;
  menu.style.top = `${below + offsetHeight <= innerHeight - gap || above < gap ? below : above}px`;
};

const itemsOf = (menu: Element): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];

/** The item that a key leads to. */
const itemFor = (key: string, items: readonly HTMLElement[]): HTMLElement | undefined => {
  const at = items.findIndex((item) => item === document.activeElement);
  const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const next = steps[key];
  if (next !== undefined) return items.at(next % items.length);
  if (key.length > 1 || key === ' ') return undefined;
  const behind = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return behind.find((item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
};

/**
 * A menu that is there at once, however much there is on the page: the browser lays it over the page, closes it, and gives
 * the focus back, and nothing of the page is hidden or measured for it. For single buttons there is the menu of the library.
 */
export function QuickMenu({ label, button, onClose, children }: QuickMenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = ref.current;
    if (!menu) return;
    button.focus({ preventScroll: true });
    if (!menu.matches(':popover-open')) menu.showPopover();
    place(menu, button);
    itemsOf(menu)[0]?.focus({ preventScroll: true });
    const leaving = new AbortController();
    const hide = () => menu.hidePopover();
    addEventListener('resize', hide, { signal: leaving.signal });
    addEventListener('scroll', (event) => event.target !== menu && hide(), { signal: leaving.signal, capture: true });
    return () => leaving.abort();
  }, [button]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Tab') event.currentTarget.hidePopover();
    const item = itemFor(event.key, itemsOf(event.currentTarget));
    if (!item) return;
    event.preventDefault();
    item.focus();
  };
  return (
    <div
      ref={ref}
      popover="auto"
      role="menu"
      aria-label={label}
      className="popover menu quick-menu"
      onKeyDown={onKeyDown}
      onToggle={({ newState }) => newState === 'closed' && onClose()}
    >
      {children}
    </div>
  );
}

/** Something that can be chosen. */
export function QuickMenuItem({ onChoose, children }: { onChoose: () => void; children: ReactNode }) {
  const choose = ({ currentTarget }: SyntheticEvent<HTMLElement>) => {
    // First, so that the focus is back on the button for whatever opens now.
    currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
    onChoose();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    // The click that the browser makes of a key is taken for that of a screen reader, and what opens gets no focus.
    event.preventDefault();
    choose(event);
  };
  return (
    <button type="button" role="menuitem" tabIndex={-1} className="menu-item" onClick={choose} onKeyDown={onKeyDown}>
      {children}
    </button>
  );
}
