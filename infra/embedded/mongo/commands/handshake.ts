import { UUID } from 'bson';
import { hostname } from 'node:os';
import { isDocument } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { maximumDocumentSize } from '../storage/document-shape.ts';
import { failure } from '../errors.ts';
import { maximumMessageSize } from '../framing.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';

export const serverVersion = '8.0.4';
export const gitVersion = 'embedded';

/** A standalone server: no sessions of its own to speak of, no transactions, no oplog. */
export const hello: CommandFunction = (command, { connection }) => {
  const isLegacy = command.name !== 'hello';
  return success({
    helloOk: true,
    [isLegacy ? 'ismaster' : 'isWritablePrimary']: true,
    maxBsonObjectSize: maximumDocumentSize,
    maxMessageSizeBytes: maximumMessageSize,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: connection.id,
    minWireVersion: 0,
    maxWireVersion: 25,
    readOnly: false,
  });
};

export const ping: CommandFunction = () => success();

export const buildInfo: CommandFunction = () =>
  success({
    version: serverVersion,
    gitVersion,
    modules: [],
    sysInfo: 'deprecated',
    versionArray: [...serverVersion.split('.').map(Number), 0],
    openssl: { running: 'disabled' },
    javascriptEngine: 'none',
    bits: 64,
    debug: false,
    maxBsonObjectSize: maximumDocumentSize,
    storageEngines: ['inMemory'],
  });

export const connectionStatus: CommandFunction = (command) =>
  success({
    authInfo: {
      ...{ authenticatedUsers: [], authenticatedUserRoles: [] },
      ...(command.flag('showPrivileges') && { authenticatedUserPrivileges: [] }),
    },
  });

export const whatsMyUri: CommandFunction = (_command, { connection }) => success({ you: connection.peer });

const parameters: Record<string, unknown> = {
  featureCompatibilityVersion: { version: '8.0' },
  authenticationMechanisms: [],
};

export const getParameter: CommandFunction = (command) => {
  const wantsAll = command.get('getParameter') === '*';
  const found = Object.entries(parameters).filter(([name]) => wantsAll || command.has(name));
  if (found.length === 0) throw failure('InvalidOptions', 'no option found to get');
  return success(Object.fromEntries(found));
};

const logs = ['global', 'startupWarnings'];

export const getLog: CommandFunction = (command) => {
  const name = command.text('getLog');
  if (name === '*') return success({ names: logs });
  if (!logs.includes(name)) throw failure('OperationFailed', `no RamLog named: ${name}`);
  return success({ totalLinesWritten: 0, log: [] });
};

export const getCmdLineOpts: CommandFunction = () => success({ argv: ['mongod'], parsed: {} });

const opcounters = { insert: 'insert', query: 'find', update: 'update', delete: 'delete', getmore: 'getMore' };

export const serverStatus: CommandFunction = (_command, { cursors, statistics: { operations, connections } }) => {
  const { current, totalCreated } = connections();
  const counted = Object.entries(opcounters).map(([name, command]) => [name, operations[command] ?? 0] as const);
  const all = Object.values(operations).reduce((sum, count) => sum + count, 0);
  const command = counted.reduce((rest, [, count]) => rest - count, all);
  return success({
    host: hostname(),
    version: serverVersion,
    process: 'mongod',
    pid: process.pid,
    uptime: Math.floor(process.uptime()),
    uptimeMillis: Math.floor(process.uptime() * 1_000),
    localTime: new Date(),
    storageEngine: { name: 'inMemory', supportsCommittedReads: false, persistent: false },
    connections: { current, available: 838_860 - current, totalCreated },
    opcounters: { ...Object.fromEntries(counted), command },
    metrics: { cursor: { timedOut: cursors.timedOut, open: { total: cursors.size } } },
    mem: { bits: 64, resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
  });
};

/** Sessions hold nothing but their cursors, so that any may begin and end. */
export const startSession: CommandFunction = () => success({ id: { id: new UUID() }, timeoutMinutes: 30 });
export const acceptSessions: CommandFunction = () => success();

/** Ends the sessions that the command lists; without any, `killSessions` and `killAllSessions` mean all. */
export const endSessions: CommandFunction = (command, { cursors }) => {
  const listed = command.get(command.name);
  const sessions = new Set((Array.isArray(listed) ? listed : []).filter(isDocument).map(({ id }) => orderKey(id)));
  const endsAll = command.name === 'killAllSessions' || (command.name === 'killSessions' && sessions.size === 0);
  cursors.closeOf(endsAll ? null : sessions);
  return success();
};

export const refuseAuthentication: CommandFunction = () => {
  throw failure('AuthenticationFailed', 'Authentication failed.');
};

export const refuseTransaction: CommandFunction = () => {
  throw failure('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
};
