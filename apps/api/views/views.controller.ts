import type { AnswerOf, routes } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import type { ReadStore, ViewStatus } from '@funnel/read-store';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound } from '../problems/problem-error.ts';
import { shownInstant } from '../reads/present.ts';
import { EVENT_STORE, READ_STORE } from '../tokens.ts';
import { salesViews } from '@funnel/sales-views';

type Answer<Name extends 'listViews' | 'rebuildView' | 'releaseStream'> = AnswerOf<(typeof routes)[Name]>;

const shownView = (view: ViewStatus): Answer<'listViews'>['items'][number] => ({
  ...view,
  parked: view.parked.map((stream) => ({ ...stream, at: shownInstant(stream.at) })),
});

const demandView = (name: string): void => {
  if (!salesViews.some((view) => view.name === name)) throw notFound(`view "${name}"`);
};

/** How the views are; what is done to them is done by the worker. */
@Controller()
export class ViewsController {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(EVENT_STORE) private readonly log: EventStore,
  ) {}

  @Serves('listViews')
  async list(@Input() _input: In<'listViews'>): Promise<Answer<'listViews'>> {
    const statuses = await this.store.status(this.log, salesViews);
    return { items: statuses.map(shownView), next: null };
  }

  @Serves('rebuildView')
  async rebuild(@Input() { params }: In<'rebuildView'>): Promise<Answer<'rebuildView'>> {
    demandView(params.name);
    await this.store.rebuild(params.name);
    return { name: params.name };
  }

  @Serves('releaseStream')
  async release(@Input() { params }: In<'releaseStream'>): Promise<Answer<'releaseStream'>> {
    const { name, stream } = params;
    demandView(name);
    if (!(await this.store.release(name, stream))) throw notFound(`parked stream "${stream}" in view "${name}"`);
    return { name, stream };
  }
}
