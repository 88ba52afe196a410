/** What is injected by name: no type metadata is emitted, so that a class cannot be its own token unseen. */
export const SETTINGS = Symbol('Settings');
export const LOGGER = Symbol('Logger');
export const EVENT_STORE = Symbol('EventStore');
/** Address of the program that the forecasting thread runs. */
export const FORECASTER = Symbol('Forecaster');
export const READ_STORE = Symbol('ReadStore');
