/** What may stand beside any command. */
const everywhere = [
  ...['$db', '$readPreference', '$clusterTime', 'lsid', 'txnNumber', 'startTransaction', 'autocommit', 'comment'],
  ...['maxTimeMS', 'readConcern', 'writeConcern', 'apiVersion', 'apiStrict', 'apiDeprecationErrors'],
];

const find = [
  ...['filter', 'sort', 'projection', 'hint', 'skip', 'limit', 'batchSize', 'singleBatch', 'collation', 'let'],
  ...['tailable', 'awaitData', 'noCursorTimeout', 'allowPartialResults', 'allowDiskUse', 'oplogReplay'],
  ...['min', 'max', 'returnKey', 'showRecordId'],
];
const findAndModify = [
  ...['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'collation', 'arrayFilters', 'hint', 'let'],
  'bypassDocumentValidation',
];
const dropIndexes = ['index'];
const collStats = ['scale', 'queryExecStats', 'waitForLock'];
const dbStats = ['scale', 'freeStorage'];
const validation = ['validator', 'validationLevel', 'validationAction'];
const view = ['viewOn', 'pipeline'];

/** The fields that each command of the data understands; anything else would ask for what it does not do. */
const known: Readonly<Record<string, readonly string[]>> = {
  insert: ['documents', 'ordered', 'bypassDocumentValidation'],
  update: ['updates', 'ordered', 'bypassDocumentValidation', 'let'],
  delete: ['deletes', 'ordered', 'let'],
  findAndModify,
  findandmodify: findAndModify,
  bulkWrite: ['ops', 'nsInfo', 'ordered', 'bypassDocumentValidation', 'let', 'errorsOnly', 'cursor'],
  find,
  getMore: ['collection', 'batchSize'],
  killCursors: ['cursors'],
  count: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  distinct: ['key', 'query', 'hint', 'collation'],
  aggregate: [
    ...['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'collation', 'hint', 'let'],
  ],
  explain: ['verbosity'],
  createIndexes: ['indexes', 'commitQuorum'],
  listIndexes: ['cursor'],
  dropIndexes,
  deleteIndexes: dropIndexes,
  collMod: ['index', 'cappedSize', 'cappedMax', ...validation, ...view],
  listCollections: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  listDatabases: ['filter', 'nameOnly', 'authorizedDatabases'],
  create: [
    ...['capped', 'idIndex', 'size', 'max', 'storageEngine', 'indexOptionDefaults', 'collation', 'expireAfterSeconds'],
    ...['temp', ...validation, ...view],
  ],
  drop: [],
  dropDatabase: [],
  renameCollection: ['to', 'dropTarget'],
  ping: [],
  getLog: [],
  hostInfo: [],
  connectionStatus: ['showPrivileges'],
  collStats,
  collstats: collStats,
  dbStats,
  dbstats: dbStats,
};

/** What the real server knows and this one does not do; false, or nothing, asks for nothing. */
const notDone: Readonly<Record<string, readonly string[]>> = {
  find: ['term'],
  getMore: ['term', 'lastKnownCommittedOpTime'],
  insert: ['encryptionInformation'],
  create: [...['timeseries', 'clusteredIndex', 'encryptedFields', 'changeStreamPreAndPostImages']],
};

const flags = new Set([
  ...['ordered', 'bypassDocumentValidation', 'errorsOnly', 'remove', 'new', 'upsert', 'explain', 'allowDiskUse'],
  ...['singleBatch', 'tailable', 'awaitData', 'noCursorTimeout', 'allowPartialResults', 'returnKey', 'showRecordId'],
  ...['nameOnly', 'authorizedCollections', 'authorizedDatabases', 'capped', 'freeStorage', 'showPrivileges'],
]);

/** Whether the command's field says yes or no. */
export const isFlag = (command: string, field: string): boolean =>
  field !== command && flags.has(field) && Object.hasOwn(known, command);

/** Whether to the command numbers, too, say yes or no. */
export const isLenient = (command: string): boolean => command !== 'listCollections';

/** Whether any command may carry the field. */
export const isCommonField = (field: string): boolean => everywhere.includes(field);

export const isKnownField = (command: string, field: string): boolean =>
  !Object.hasOwn(known, command) || field === command || known[command]!.includes(field) || everywhere.includes(field);

export const isFieldNotDone = (command: string, field: string): boolean =>
  Object.hasOwn(notDone, command) && notDone[command]!.includes(field);
