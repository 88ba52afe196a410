import { Option, type Command } from 'commander';
import { print } from '../output.ts';
import { mintToken, roles, type Role } from '../settings.ts';

export const addToken = (program: Command): void => {
  program
    .command('token')
    .description('make a bearer token for a user with a role')
    .requiredOption('--user <name>', 'who it is for')
    .addOption(new Option('--role <role>', 'what he may do').choices(roles).makeOptionMandatory())
    .option('--days <n>', 'how long it holds', (text) => Number(text), 30)
    .option('--json', 'answer as JSON')
    .action(async ({ user, role, days, json }: { user: string; role: Role; days: number; json?: boolean }) => {
      if (!(days > 0)) program.error(`error: --days must be a number above 0`);
      const token = await mintToken(user, role, days);
      print(json ? JSON.stringify({ user, role, days, token }) : token);
    });
};
