import { useMutation, useQuery } from '@tanstack/react-query';
import { addressOf, get, request } from '../../api/client.ts';
import type { Answer, ItemOf } from '../../api/routes.ts';

export type Preview = Answer<'POST', '/api/imports/preview'>;
export type Job = ItemOf<'/api/imports'>;

/** What is sent: the files, and how their rows become events where somebody said so. */
export interface Parcel {
  readonly files: readonly File[];
  /** JSON; proposed from the files when absent. */
  readonly mapping?: string | undefined;
}

/** Enough for a preview of 2,000 rows. */
const previewedBytes = 2 * 1024 ** 2;

const formOf = ({ files, mapping }: Parcel, mostBytes = Infinity): FormData => {
  const form = new FormData();
  // Before the files: the product reads the parts in their order.
  if (mapping !== undefined) form.append('mapping', new Blob([mapping], { type: 'application/json' }), 'mapping.json');
  for (const file of files) form.append('file', file.size > mostBytes ? file.slice(0, mostBytes) : file, file.name);
  return form;
};

const sendForm = async <Told>(address: string, body: FormData): Promise<Told> =>
  (await (await request(address, { method: 'POST', body })).json()) as Told;

/** What the files would become; of long ones only the beginning is sent. */
export const usePreview = () =>
  useMutation({
    mutationFn: (parcel: Parcel) => {
      const partial = parcel.files.some(({ size }) => size > previewedBytes);
      return sendForm<Preview>(
        addressOf('/api/imports/preview', { query: { partial } }),
        formOf(parcel, previewedBytes),
      );
    },
  });

export interface Start extends Parcel {
  readonly dryRun: boolean;
  readonly onError: 'stop' | 'skip';
}

export const useStart = () =>
  useMutation({
    mutationFn: ({ dryRun, onError, ...parcel }: Start) =>
      sendForm<Job>(addressOf('/api/imports', { query: { dryRun, onError } }), formOf(parcel)),
  });

const lookAgainMs = 500;

/** An import as it goes on, looked at again until it has ended. */
export const useJob = (id: string) =>
  useQuery({
    queryKey: ['/api/imports/:id', id],
    queryFn: ({ signal }) => get('/api/imports/:id', { params: { id } }, signal),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? lookAgainMs : false),
  });

export const useJobs = () =>
  useQuery({
    queryKey: ['/api/imports', 'list'],
    queryFn: ({ signal }) => get('/api/imports', { query: {} }, signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'running') ? 2 * lookAgainMs : false,
  });
