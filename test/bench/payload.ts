/** What an event of the benchmarks of the event store carries: about 300 bytes, like a step of a deal. */
export const payload = (number: number): Record<string, string | number> => ({
  dealId: `deal-${number}`,
  from: 'needs-analysis',
  to: 'proposal',
  amount: 1_000_000 + number,
  currency: 'CNY',
  ownerId: 'seller-17',
  note: 'The customer wants the second offer by Thursday and asks for a longer time to pay; the technical side is agreed.',
  occurredAt: '2026-07-01T09:30:00.000Z',
});
