import { dayMs } from '@funnel/kernel';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { User } from '../auth/user.ts';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { SignedIn } from '../http/signed-in.ts';
import { shownJob, type ShownJob } from '../imports/imports.controller.ts';
import { Imports } from '../imports/imports.service.ts';
import { settle } from './settle.ts';
import { demonstrationUpload } from './told-table.ts';

/** Midnight UTC of the day, so that two calls on one day make the same company. */
const presentOf = (until: string | undefined): number => {
  const now = new Date();
  return Math.min(Date.parse(until ?? now.toISOString().slice(0, 10)), now.getTime());
};

/** A made-up company to look around in. */
@Controller()
export class DemonstrationController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Imports) private readonly imports: Imports,
  ) {}

  @Serves('seedDemonstration')
  async seed(@Input() { body }: In<'seedDemonstration'>, @SignedIn() user: User): Promise<ShownJob> {
    const { deals, years, seed } = body;
    const until = presentOf(body.until);
    const actor = { user: user.id, role: user.role };
    const thisYear = new Date(until).getUTCFullYear();
    const allYears = Array.from({ length: years + 1 }, (_, back) => thisYear - back);
    await settle(this.commands, { actor, since: until - years * 365 * dayMs, years: allYears });
    const upload = demonstrationUpload({ deals, years, seed, until });
    return shownJob(await this.imports.start({ upload, actor, dryRun: false, onError: 'stop', wishes: {} }));
  }
}
