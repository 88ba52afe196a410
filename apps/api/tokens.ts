/** What is injected by name: no type metadata is emitted, so that a class cannot be its own token unseen. */
export const SETTINGS = Symbol('Settings');
export const LOGGER = Symbol('Logger');
export const EVENT_STORE = Symbol('EventStore');
/** Addresses of the programs that threads run. */
export const PROGRAMS = Symbol('Programs');
export const READ_STORE = Symbol('ReadStore');
