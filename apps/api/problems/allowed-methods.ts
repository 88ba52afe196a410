import { routes, type RouteContract } from '@funnel/contracts';

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const patternOf = ({ path }: RouteContract) => new RegExp(`^${path.split(/:\w+/).map(literal).join('[^/]+')}$`);

const patterns = Object.values<RouteContract>(routes).map((contract) => ({
  method: contract.method,
  pattern: patternOf(contract),
}));

/** Methods that an address takes; none where there is nothing. */
export const allowedMethods = (path: string): readonly string[] => [
  ...new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
];
