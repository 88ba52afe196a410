import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** What the framework says goes where everything else goes; its small talk only when debugging. */
export const nestLogger = (logger: Logger): LoggerService => {
  const say =
    (level: 'error' | 'warn' | 'debug') =>
    (said: unknown, ...more: unknown[]) =>
      logger[level]({ from: more.at(-1), err: said instanceof Error ? said : undefined }, String(said));
  return { log: say('debug'), error: say('error'), warn: say('warn'), debug: say('debug'), verbose: say('debug') };
};
