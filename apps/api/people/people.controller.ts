import type { AnswerOf, routes } from '@funnel/contracts';
import { momentOf } from '@funnel/kernel';
import { repKnownAt, reps, teamKnownAt, teams } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { newIdOf } from '../commands/call.ts';
import type { Done } from '../commands/perform.ts';
import { Input, type In, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { pageById } from '../reads/paged.ts';
import { ReadModels } from '../reads/read-models.ts';
import { RepMessage, TeamMessage } from './people.handlers.ts';
import { shownRep, shownTeam } from './shown-people.ts';

type Answer<Name extends 'listReps' | 'listTeams'> = AnswerOf<(typeof routes)[Name]>;

/** Who sells, and in which team. */
@Controller()
export class PeopleController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ReadModels) private readonly models: ReadModels,
  ) {}

  @Serves('addRep')
  addRep(@Input() { body, call }: Told<'addRep'>): Promise<Done> {
    const { id: repId = newIdOf(call), name, teamId = null, email } = body;
    return this.commands.execute(
      new RepMessage(repId, { type: 'JoinRep', profile: { repId, name, teamId, email } }, call),
    );
  }

  @Serves('moveRep')
  moveRep(@Input() { params, body, call }: Told<'moveRep'>): Promise<Done> {
    const intent = { type: 'MoveRep', repId: params.id, to: body.teamId } as const;
    return this.commands.execute(new RepMessage(params.id, intent, call));
  }

  @Serves('listReps')
  async listReps(@Input() { query }: In<'listReps'>): Promise<Answer<'listReps'>> {
    await this.models.seen(query.after, reps);
    const moment = momentOf(query, Date.now());
    const known = await this.models.known(reps, repKnownAt, moment);
    return pageById(
      known.flatMap((row) => shownRep(row, moment.asOf) ?? []),
      query,
    );
  }

  @Serves('addTeam')
  addTeam(@Input() { body, call }: Told<'addTeam'>): Promise<Done> {
    const { id: teamId = newIdOf(call), name, leaderId } = body;
    return this.commands.execute(new TeamMessage({ teamId, name, leaderId }, call));
  }

  @Serves('listTeams')
  async listTeams(@Input() { query }: In<'listTeams'>): Promise<Answer<'listTeams'>> {
    await this.models.seen(query.after, teams);
    const moment = momentOf(query, Date.now());
    const known = await this.models.known(teams, teamKnownAt, moment);
    return pageById(
      known.flatMap((row) => shownTeam(row, moment.asOf) ?? []),
      query,
    );
  }
}
