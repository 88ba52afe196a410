import { buffersOf, growableColumns, rowBytes, type Columns } from './columns.ts';
import type { EventBlocks } from './event-blocks.ts';
import { sharedCodesOf, sharedFloatsOf } from './growing.ts';
import type { Few } from './remembered.ts';
import { unpackedEvents, type PackedEvents } from './told-events.ts';

/** Everything a history holds that is no column: small, and JSON. */
export interface PackedHead {
  /** Rows in use, abandoned ones and room for more included. */
  readonly rows: number;
  readonly abandoned: number;
  /** How many events have told something of a deal. */
  readonly events: number;
  /** How many codes there are for when a next step is due. */
  readonly dues: number;
  /** In the order of their codes. */
  readonly names: Readonly<
    Record<'deals' | 'funnelNames' | 'stages' | 'currencies', readonly string[]> &
      Record<'owners' | 'regions' | 'industries', readonly (string | null)[]>
  >;
  readonly remembered: readonly Few[];
  readonly weighedDeals: readonly number[];
  /** Weights that events gave to single deals, in 1/10,000, -1 where one was taken back; by the number of the event. */
  readonly ownWeights: readonly (readonly [event: number, weight: number])[];
  readonly largestSum: number;
}

/** By deal: which rows it has, up to where it may have more, its funnel, region and industry, how often it was won. */
const dealColumnNames = ['first', 'end', 'limit', 'funnelOf', 'regionOf', 'industryOf', 'winsOf'] as const;
export type DealColumns = Readonly<Record<(typeof dealColumnNames)[number], Uint32Array>>;

/** What a history goes on from, beside full blocks of events. */
export interface Unpacked {
  readonly head: PackedHead;
  readonly columns: Columns;
  readonly deals: DealColumns;
  readonly events: PackedEvents;
  /** When next steps are due, by code. */
  readonly dues: Float64Array;
}

/** A history as bytes, and back: columns in a fixed order, as they lie in memory. */
export interface Packed {
  readonly head: PackedHead;
  readonly columns: readonly Uint8Array[];
  /** Where full blocks of events are, {@link fullBlocksOf} the events that the head tells. */
  readonly blocks: EventBlocks;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Nothing is copied: to be written before the columns change, or from columns that do not. */
export const packedColumns = ({ head, columns, deals, events, dues }: Unpacked): Uint8Array[] => {
  const perRow = buffersOf(columns).map((buffer, place) => new Uint8Array(buffer, 0, rowBytes[place]! * head.rows));
  const perDeal = dealColumnNames.map((name) => bytesOf(deals[name]));
  return [...perRow, ...perDeal, events.open, bytesOf(events.earliest), bytesOf(events.latest), bytesOf(dues)];
};

/** Empty columns to read bytes into; `bytes`: where each of them goes. */
export const unpacking = (head: PackedHead): Unpacked & { readonly bytes: readonly Uint8Array[] } => {
  const { rows, names } = head;
  const columns = growableColumns(rows);
  const deals = Object.fromEntries(
    dealColumnNames.map((name) => [name, sharedCodesOf(names.deals.length)]),
  ) as DealColumns;
  const dues = sharedFloatsOf(head.dues);
  const unpacked = { head, columns, deals, events: unpackedEvents(head.events), dues };
  return { ...unpacked, bytes: packedColumns(unpacked) };
};

/** Before the first event. Nobody, no region and no industry are 0. */
export const nothing = (): Unpacked => {
  const names = {
    ...{ deals: [], funnelNames: [], stages: [], currencies: [] },
    ...{ owners: [null], regions: [null], industries: [null] },
  };
  const known = { remembered: [], weighedDeals: [], ownWeights: [], largestSum: 0 };
  return unpacking({ rows: 0, abandoned: 0, events: 0, dues: 0, names, ...known });
};
