import { createServer, type Server } from 'node:http';
import { likeVersion, type Node } from './node.ts';

/** What is asked over HTTP/1.1, by probes and by older clients: answered as the real server does. */
export const answerProbes = (node: Node): Server =>
  createServer(({ url = '/', method = '' }, response) => {
    const { pathname, searchParams } = URL.parse(url, 'http://localhost') ?? noAddress;
    const answer = method === 'GET' ? answers[pathname]?.(node) : undefined;
    if (answer) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    else response.writeHead(pathname.startsWith('/health/') ? health(pathname, method, searchParams) : 404).end();
  });

const noAddress = { pathname: '', searchParams: new URLSearchParams() };

const health = (pathname: string, method: string, parameters: URLSearchParams): number => {
  if (method !== 'GET' && method !== 'HEAD') return 405;
  return pathname === '/health/live' ? liveCode(parameters.get('liveCode')) : 404;
};

/** Probes that want another code for "yes" may say which. */
const liveCode = (wanted: string | null): number => (/^[2-5]\d\d$/.test(wanted ?? '') ? Number(wanted) : 204);

const answers: Record<string, (node: Node) => object> = {
  // The number tells the real server's builds' kinds of messages apart, and says nothing here.
  '/ping': () => ({ msgTypeId: 0, text: 'Ping request successfully handled' }),
  '/info': () => ({
    esVersion: likeVersion,
    state: 'leader',
    features: { projections: false, userManagement: false, atomPub: false },
    authentication: { type: 'insecure', properties: null },
  }),
  '/gossip': ({ instanceId, endPoint: { host, port } }) => {
    const address = { httpEndPointIp: host, httpEndPointPort: port };
    const state = { state: 'Leader', isAlive: true, isReadOnlyReplica: false, esVersion: likeVersion };
    const leader = { instanceId, timeStamp: new Date().toISOString(), ...state, ...address };
    return { members: [leader], serverIp: host, serverPort: port };
  },
};
