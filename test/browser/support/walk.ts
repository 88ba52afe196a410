import { spawnSync } from 'node:child_process';
import { chromium as launcher, type Browser } from 'playwright-core';
import { startProduct, type Product } from '../../support/product.ts';
import { chromium } from './find-chromium.ts';
import { Visit } from './visit.ts';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const viewports = { laptop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

export interface Look {
  readonly language: 'en' | 'zh-CN';
  readonly theme: 'light' | 'dark';
  readonly viewport: keyof typeof viewports;
}
const usual: Look = { language: 'en', theme: 'light', viewport: 'laptop' };

/** How a room is walked through: both languages, both themes, both sizes, in few steps. */
export const looks: readonly Look[] = [
  usual,
  { language: 'zh-CN', theme: 'light', viewport: 'laptop' },
  { language: 'en', theme: 'dark', viewport: 'laptop' },
  { language: 'zh-CN', theme: 'dark', viewport: 'phone' },
];

export interface Walker extends Partial<Look> {
  /** Who is signed in; the administrator when absent. */
  readonly as?: { readonly role: 'rep' | 'manager' | 'admin' | 'auditor'; readonly user: string } | 'nobody';
}

/** One product with its demonstration company, and one browser, for all tests of a file. */
export class Walk {
  private constructor(
    readonly product: Product,
    private readonly browser: Browser,
  ) {}

  /**
   * @param deals of the demonstration company; 0 leaves the product as it is: empty, or with what is in its data folder
   * @param env settings that are not the usual ones
   */
  static async start(deals = 400, env: NodeJS.ProcessEnv = {}, dataFolder?: string): Promise<Walk> {
    const [product, browser] = await Promise.all([
      startProduct({ env, ...(dataFolder && { dataFolder }) }),
      launcher.launch({ executablePath: chromium ?? '', args: flags }),
    ]);
    const walk = new Walk(product, browser);
    if (deals > 0) walk.funnel('demo', 'seed', '--deals', `${deals}`, '--years', '3', '--seed', '1');
    return walk;
  }

  /** Runs the product's shell. */
  funnel(...args: string[]): string {
    const { url, dataFolder } = this.product;
    const env = { ...process.env, NODE_OPTIONS: '', FUNNEL_URL: url, FUNNEL_DATA: dataFolder };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`funnel ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Opens an address of the product, signed in, and waits until the room is there. */
  async open(path: string, { as, ...look }: Walker = {}): Promise<Visit> {
    const { language, theme, viewport } = { ...usual, ...look };
    const context = await this.browser.newContext({
      baseURL: this.product.url,
      viewport: viewports[viewport],
      locale: language,
      colorScheme: theme,
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
    const room = path.split('?')[0]?.replaceAll('/', '-').replace(/^-/, '') || 'home';
    const visit = new Visit(await context.newPage(), context, `${room}-${language}-${theme}-${viewport}`);
    if (as === 'nobody') {
      await visit.page.goto(path);
      return visit;
    }
    const token = as ? this.funnel('token', '--role', as.role, '--user', as.user).trim() : this.product.token;
    await context.addCookies([{ name: 'funnel-token', value: token, url: this.product.url }]);
    await visit.page.goto(path);
    await visit.settled();
    return visit;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.product.stop();
  }
}
