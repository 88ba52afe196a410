import { openApiOf, routes } from '@funnel/contracts';

interface Operation {
  readonly responses: Readonly<Record<string, { readonly description: string } | undefined>>;
}
const { paths } = openApiOf(routes, { version: 'of the specs' }) as {
  paths: Record<string, Record<string, Operation | undefined>>;
};
/** Addresses without parameters first: `/api/quotas/report` is no `/api/quotas/{subject}`. */
const addresses = Object.entries(paths)
  .map(([path, operations]) => ({ fits: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`), operations, path }))
  .toSorted((one, other) => one.path.split('{').length - other.path.split('{').length);

/** Whether the document of the API tells of a problem. Of what it has no operation for, it need not. */
export const isTold = (line: string, { status, code }: { readonly status: number; readonly code: string }): boolean => {
  const [method = 'GET', url = ''] = line.split(' ');
  const [path = ''] = url.split('?');
  const operation = addresses.find(({ fits }) => fits.test(path))?.operations[method.toLowerCase()];
  return operation === undefined || (operation.responses[status]?.description.includes(`\`${code}\``) ?? false);
};
