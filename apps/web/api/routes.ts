import type { AnswerOf, RequestOf, routes } from '@funnel/contracts';

/** The routes of the product as types alone: a client names them by method and path, and nothing of the table is shipped. */

type Table = typeof routes;
type Name = keyof Table;
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Addresses that take a method. */
export type PathOf<M extends Method> = { [N in Name]: Table[N] extends { method: M } ? Table[N]['path'] : never }[Name];
type RouteAt<M extends Method, P> = {
  [N in Name]: Table[N] extends { method: M; path: P } ? Table[N] : never;
}[Name];

/** What a route answers. */
export type Answer<M extends Method, P extends PathOf<M>> = AnswerOf<RouteAt<M, P>>;
/** One item of what a list answers. */
export type ItemOf<P extends PathOf<'GET'>> =
  Answer<'GET', P> extends { items: readonly (infer Item)[] } ? Item : never;

type Given<Part> = Part extends undefined ? unknown : Part;
type Optional<Name extends string, Part> = [Part] extends [undefined]
  ? { readonly [N in Name]?: undefined }
  : Record<never, never> extends Given<Part>
    ? { readonly [N in Name]?: Part | undefined }
    : { readonly [N in Name]: Part };

/** What must be sent along: what the route declares, no more and no less. */
export type Sent<M extends Method, P extends PathOf<M>> = Optional<'params', RequestOf<RouteAt<M, P>>['params']> &
  Optional<'query', RequestOf<RouteAt<M, P>>['query']> &
  Optional<'body', RequestOf<RouteAt<M, P>>['body']>;
