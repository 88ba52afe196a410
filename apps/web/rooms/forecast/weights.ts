/** Weights of stages, 0 to 1 with at most four decimals; a stage without one weighs what it weighed then. */
export type Weights = Readonly<Record<string, number>>;

/** For an address: `contact:0.05,need:0.2`. */
export const writeWeights = (weights: Weights): string | undefined => {
  const parts = Object.entries(weights).map(([stage, weight]) => `${stage}:${weight}`);
  return parts.length ? parts.join(',') : undefined;
};

/** What is no weight is passed over. */
export const readWeights = (text: string | undefined): Weights =>
  Object.fromEntries(
    (text ?? '').split(',').flatMap((part) => {
      const [, stage = '', weight = ''] = /^([^:,]+):(\d(?:\.\d{1,4})?)$/.exec(part) ?? [];
      return stage && Number(weight) <= 1 ? [[stage, Number(weight)]] : [];
    }),
  );

export const withWeight = (weights: Weights, stage: string, weight: number | undefined): Weights => {
  const { [stage]: _, ...others } = weights;
  return weight === undefined ? others : { ...others, [stage]: weight };
};
