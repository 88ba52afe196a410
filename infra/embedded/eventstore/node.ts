export interface EndPoint {
  host: string;
  port: number;
}

/** What this node knows of itself and tells others. The port may be chosen late. */
export interface Node {
  readonly instanceId: string;
  readonly endPoint: EndPoint;
}

/** The server that this one is like. */
export const likeVersion = '24.10.0';
