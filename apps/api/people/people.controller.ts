import type { AnswerOf, routes } from '@funnel/contracts';
import { reps, teamAt, teams, type RepRow, type TeamRow } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { newIdOf } from '../commands/call.ts';
import type { Done } from '../commands/perform.ts';
import { Input, type In, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { paged } from '../reads/paged.ts';
import { shownInstant } from '../reads/present.ts';
import { ReadModels } from '../reads/read-models.ts';
import { RepMessage, TeamMessage } from './people.handlers.ts';

type Answer<Name extends 'listReps' | 'listTeams'> = AnswerOf<(typeof routes)[Name]>;

const shownRep = (row: RepRow): Answer<'listReps'>['items'][number] => ({
  id: row.repId,
  name: row.name,
  email: row.email,
  teamId: teamAt(row, Date.now()),
  joinedAt: shownInstant(row.joinedAt),
  memberships: row.memberships.map(({ at, teamId }) => ({ since: shownInstant(at), teamId })),
  revision: row.revision,
});

const shownTeam = (row: TeamRow): Answer<'listTeams'>['items'][number] => ({
  id: row.teamId,
  name: row.name,
  leaderId: row.leaderId,
  definedAt: shownInstant(row.definedAt),
  revision: row.revision,
});

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
  async listReps(@Input() { query: { after, ...paging } }: In<'listReps'>): Promise<Answer<'listReps'>> {
    await this.models.seen(after, reps);
    return paged(this.models.view(reps), { show: shownRep, ...paging });
  }

  @Serves('addTeam')
  addTeam(@Input() { body, call }: Told<'addTeam'>): Promise<Done> {
    const { id: teamId = newIdOf(call), name, leaderId } = body;
    return this.commands.execute(new TeamMessage({ teamId, name, leaderId }, call));
  }

  @Serves('listTeams')
  async listTeams(@Input() { query: { after, ...paging } }: In<'listTeams'>): Promise<Answer<'listTeams'>> {
    await this.models.seen(after, teams);
    return paged(this.models.view(teams), { show: shownTeam, ...paging });
  }
}
