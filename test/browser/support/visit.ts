import { AxeBuilder } from '@axe-core/playwright';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page, PageScreenshotOptions } from 'playwright-core';

export const artefacts = 'test/browser/artefacts';

/** A page that is open, with all that it complained about. */
export class Visit {
  readonly complaints: string[] = [];

  constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly name: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(`${error}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  /** Waits until nothing is being loaded any more. */
  async settled(): Promise<void> {
    await this.page.locator('#room').waitFor();
    await this.page.locator('body:not(:has(.loading, #room[aria-busy="true"]))').waitFor();
    await this.page.evaluate('document.fonts.ready');
  }

  /** What axe finds that keeps somebody out, each with where it is. */
  async barriers(): Promise<string[]> {
    // A room that waits for other figures is dimmed meanwhile, also when that begins while it is being looked at.
    await this.page.evaluate(
      "Object.assign(document.getElementById('room')?.style ?? {}, { opacity: '1', transition: 'none' })",
    );
    // What is still fading in has not got its colours yet.
    await this.page.evaluate(
      'Promise.all(document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {})))',
    );
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
      );
  }

  /** Keeps a picture among the artefacts of the run; what moves is brought to its end first. */
  async picture(of = '', { animations = 'disabled' }: Pick<PageScreenshotOptions, 'animations'> = {}): Promise<void> {
    await mkdir(artefacts, { recursive: true });
    await this.page.screenshot({ path: join(artefacts, `${this.name}${of && `-${of}`}.png`), animations });
  }

  /** By how many pixels the room is wider than the window. */
  overflow(): Promise<number> {
    return this.page.evaluate('document.documentElement.scrollWidth - innerWidth');
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
