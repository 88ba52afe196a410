import { routes, type RouteContract, type RouteName } from '@funnel/contracts';
import {
  applyDecorators,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';

const contractKey = Symbol('contract');

/** Makes a method answer one route of the table: its address, its status and everything that is judged by the contract. */
export const Serves = (name: RouteName): MethodDecorator => {
  const contract: RouteContract = routes[name];
  return applyDecorators(
    RequestMapping({ path: contract.path, method: RequestMethod[contract.method] }),
    HttpCode(contract.status),
    SetMetadata(contractKey, contract),
  );
};

/** The contract of the route being answered. @throws for a handler that does not say which route it serves */
export const contractOf = (context: ExecutionContext): RouteContract => {
  const contract = Reflect.getMetadata(contractKey, context.getHandler()) as RouteContract | undefined;
  if (!contract)
    throw new Error(`${context.getClass().name}.${context.getHandler().name} serves no route of the table`);
  return contract;
};
