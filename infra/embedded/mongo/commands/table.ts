import type { CommandFunction } from '../session.ts';
import { collMod } from './coll-mod.ts';
import { aggregate } from './aggregate.ts';
import { bulkWrite } from './bulk-write.ts';
import * as catalogue from './catalogue.ts';
import * as check from './check.ts';
import { create } from './create.ts';
import { explain } from './explain.ts';
import { findAndModify } from './find-and-modify.ts';
import * as handshake from './handshake.ts';
import { hostInfo } from './host.ts';
import * as indexes from './indexes.ts';
import * as read from './read.ts';
import * as shell from './shell.ts';
import * as sizes from './sizes.ts';
import * as upkeep from './upkeep.ts';
import * as write from './write.ts';

/** Every command the server knows, by the name under which clients send it. */
export const commands: Readonly<Record<string, CommandFunction>> = {
  hello: handshake.hello,
  ismaster: handshake.hello,
  isMaster: handshake.hello,
  ping: handshake.ping,
  buildInfo: handshake.buildInfo,
  buildinfo: handshake.buildInfo,
  hostInfo,
  connectionStatus: handshake.connectionStatus,
  whatsmyuri: handshake.whatsMyUri,
  getParameter: handshake.getParameter,
  getLog: handshake.getLog,
  getCmdLineOpts: handshake.getCmdLineOpts,
  serverStatus: handshake.serverStatus,
  startSession: handshake.startSession,
  endSessions: handshake.endSessions,
  refreshSessions: handshake.acceptSessions,
  killSessions: handshake.endSessions,
  killAllSessions: handshake.endSessions,
  abortTransaction: handshake.refuseTransaction,
  commitTransaction: handshake.refuseTransaction,
  logout: handshake.acceptSessions,
  saslStart: handshake.refuseAuthentication,
  authenticate: handshake.refuseAuthentication,

  currentOp: shell.currentOp,
  listCommands: shell.listCommands,
  profile: shell.profile,
  replSetGetStatus: shell.replSetGetStatus,
  usersInfo: shell.usersInfo,
  rolesInfo: shell.rolesInfo,

  insert: write.insert,
  update: write.update,
  delete: write.remove,
  findAndModify,
  findandmodify: findAndModify,
  bulkWrite,

  find: read.find,
  getMore: read.getMore,
  killCursors: read.killCursors,
  count: read.count,
  distinct: read.distinct,
  aggregate,
  explain,

  createIndexes: indexes.createIndexes,
  listIndexes: indexes.listIndexes,
  dropIndexes: indexes.dropIndexes,
  deleteIndexes: indexes.dropIndexes,
  collMod,

  listCollections: catalogue.listCollections,
  listDatabases: catalogue.listDatabases,
  create,
  drop: catalogue.drop,
  dropDatabase: catalogue.dropDatabase,
  renameCollection: catalogue.renameCollection,
  collStats: sizes.collStats,
  collstats: sizes.collStats,
  dbStats: sizes.dbStats,
  dbstats: sizes.dbStats,
  validate: check.validate,
  dataSize: upkeep.dataSize,
  datasize: upkeep.dataSize,
  convertToCapped: upkeep.convertToCapped,
  cloneCollectionAsCapped: upkeep.cloneCollectionAsCapped,
  compact: upkeep.compact,
  planCacheClear: upkeep.planCacheClear,
  fsync: upkeep.fsync,
  killOp: upkeep.killOp,
  getDefaultRWConcern: upkeep.getDefaultRWConcern,
  dbHash: check.dbHash,
  dbhash: check.dbHash,
};
