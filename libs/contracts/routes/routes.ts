import type { RouteContract } from '../route.ts';
import { agingRoutes } from './aging.ts';
import { alertRoutes } from './alerts.ts';
import { auditRoutes } from './audit.ts';
import { calibrationRoutes } from './calibrations.ts';
import { dealCommands } from './deal-commands.ts';
import { dealReads } from './deal-reads.ts';
import { demonstrationRoutes } from './demonstration.ts';
import { exportRoutes } from './exports.ts';
import { feedRoutes } from './feed.ts';
import { forecastRoutes } from './forecasts.ts';
import { funnelRoutes } from './funnels.ts';
import { importRoutes } from './imports.ts';
import { operationRoutes } from './operation.ts';
import { peopleRoutes } from './people.ts';
import { quotaRoutes } from './quotas.ts';
import { reforecastRoutes } from './reforecasts.ts';
import { sessionRoutes } from './session.ts';
import { simulationRoutes } from './simulations.ts';
import { viewRoutes } from './views.ts';

/** Every route of the product, by operation id. The one source of validation, roles and documentation. */
export const routes = {
  ...dealCommands,
  ...dealReads,
  ...funnelRoutes,
  ...forecastRoutes,
  ...reforecastRoutes,
  ...calibrationRoutes,
  ...simulationRoutes,
  ...agingRoutes,
  ...quotaRoutes,
  ...peopleRoutes,
  ...alertRoutes,
  ...auditRoutes,
  ...viewRoutes,
  ...feedRoutes,
  ...exportRoutes,
  ...importRoutes,
  ...demonstrationRoutes,
  ...sessionRoutes,
  ...operationRoutes,
} as const satisfies Record<string, RouteContract>;
export type RouteName = keyof typeof routes;
