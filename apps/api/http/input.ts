import { read, type Fault, type InputOf, type RouteContract, type RouteName, type routes } from '@funnel/contracts';
import { createParamDecorator, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callOf, type Call } from '../commands/call.ts';
import { malformed, ProblemError } from '../problems/problem-error.ts';
import { contractOf } from './serves.ts';

interface Received {
  readonly contract: RouteContract;
  readonly request: FastifyRequest;
}
/** What the method that answers a route receives. */
export type In<Name extends RouteName> = InputOf<(typeof routes)[Name]>;
/** The same of a command. */
export type Told<Name extends RouteName> = In<Name> & { readonly call: Call };

const nothing = z.strictObject({});
/** Each part of a request, and how its faults name their place. */
const parts = ({ contract, request }: Received) =>
  [
    { part: 'params', schema: contract.params ?? nothing, value: request.params, root: 'path' },
    { part: 'query', schema: contract.query ?? nothing, value: request.query, root: 'query' },
    { part: 'body', schema: contract.body ?? z.unknown(), value: request.body ?? {}, root: '$' },
  ] as const;

const readParts = (received: Received): Record<string, unknown> => {
  const faults: Fault[] = [];
  const input: Record<string, unknown> = {};
  for (const { part, schema, value, root } of parts(received)) {
    const reading = read(schema, value, root);
    if (reading.ok) input[part] = reading.value;
    else faults.push(...reading.faults);
  }
  if (faults.length > 0) throw malformed(faults);
  return input;
};

/** Files are taken by the routes that say so; elsewhere their parts would be passed over in silence. */
const demandJson = ({ contract, request }: Received): void => {
  if (contract.multipart || !request.isMultipart()) return;
  throw new ProblemError('unsupported-media-type', 'Expected application/json, got multipart/form-data.');
};

/** Reads a request by its contract. @throws {ProblemError} `malformed`, with every fault and its place */
@Injectable()
export class ContractPipe implements PipeTransform<Received, Record<string, unknown>> {
  transform(received: Received): Record<string, unknown> {
    demandJson(received);
    const input = readParts(received);
    if (!received.contract.command) return input;
    const { occurredAt } = input['body'] as { occurredAt?: number };
    return { ...input, call: callOf(received.request, occurredAt) };
  }
}

const received = createParamDecorator((_: unknown, context): Received => {
  return { contract: contractOf(context), request: context.switchToHttp().getRequest<FastifyRequest>() };
});

/** What was sent, read by the contract of the route: `In` of it, or `Told` where it is a command. */
export const Input = (): ParameterDecorator => received(ContractPipe);
