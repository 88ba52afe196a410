import { chromium } from './find-chromium.ts';

/** `describe` where there is a browser; else its tests are counted as skipped. */
export const inBrowser: typeof describe.skip = chromium ? describe : describe.skip;
