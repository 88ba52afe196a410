export { genesisOf, hashOf, hashOfTexts, previousOf } from './event-hash.ts';
export type { SealedEvent } from './event-hash.ts';
