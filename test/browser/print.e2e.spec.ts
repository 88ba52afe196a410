import { inBrowser } from './support/chromium.ts';
import { Walk } from './support/walk.ts';

/** An A4 sheet that lies, less its margins, in the pixels that pages are laid out in. */
const sheet = { width: 1_039, height: 711 };

/** What is said of the page while it is laid out for paper. */
const onPaper = `(() => {
  const wider = (element) => element.scrollWidth > element.clientWidth + 1;
  const right = (element) => Math.round(element.getBoundingClientRect().right);
  const style = getComputedStyle(document.body);
  return {
    shown: ['.navigation', '.top-bar', '.button', '.segmented'].filter((sign) =>
      [...document.querySelectorAll(sign)].some((element) => element.checkVisibility())),
    ground: style.backgroundColor,
    scheme: getComputedStyle(document.documentElement).colorScheme,
    clipped: [...document.querySelectorAll('.data-table-scroll, .heat-scroll, .ribbon, .columns')]
      .filter(wider).map(({ className }) => className),
    beyond: [...document.querySelectorAll('table, svg, .panel, .stats, .column')]
      .filter((element) => right(element) > innerWidth).map(({ className }) => String(className.baseVal ?? className)),
  };
})()`;

/** Charts follow the width of the sheet. A function: the page may not make one of a text that it asks for again. */
const chartsFit = (): boolean =>
  [...document.querySelectorAll('svg')].every((svg) => svg.getBoundingClientRect().right <= innerWidth);

inBrowser('on paper', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(400);
  }, 120_000);
  afterAll(() => walk?.stop());

  it.each([
    ['/', '.stat-value'],
    ['/funnel', '.funnel-figure'],
    ['/board?funnel=demo', '.card'],
    ['/aging?funnel=demo', '.heat-cell'],
    ['/alerts', '.alert, .state'],
    ['/waterfall?period=12-months', '.waterfall-face'],
    ['/quota', '.bullet'],
    ['/forecast?funnel=demo', '.plot-drawing'],
    ['/forecast?funnel=demo&view=calibration', '.plot-drawing'],
    ['/forecast?funnel=demo&view=simulation', '.plot-drawing'],
    ['/deals/demo-1-7', '.event'],
    ['/funnel?asOf=2026-03-31', '.banner-past'],
  ])('%s is in ink on white, whole, and says of which day it is', async (room, sign) => {
    const visit = await walk.open(room, { theme: 'dark' });
    const { page } = visit;
    await page.locator(sign).first().waitFor();
    await page.setViewportSize(sheet);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.getByText(/^Funnel Ledger · as of .* · printed by root$/).waitFor();
    await page.waitForFunction(chartsFit);
    // Nothing moves on paper, and to look for what does takes Chromium half a minute where there are many cards.
    await visit.picture(`print${room.replace(/^[^?]*/, '').replaceAll(/\W+/g, '-')}`, { animations: 'allow' });
    expect(await page.evaluate(onPaper)).toEqual({
      ...{ shown: [], clipped: [], beyond: [] },
      ...{ ground: 'rgb(255, 255, 255)', scheme: 'light' },
    });
    expect(await visit.overflow()).toBeLessThanOrEqual(0);
    await visit.close();
  });
});
