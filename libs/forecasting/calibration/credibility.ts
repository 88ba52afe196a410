/** Of so many, some were won. */
export interface Sample {
  readonly size: number;
  /** Wins ÷ size, from 0 to 1. */
  readonly share: number;
}

/**
 * How far each of some samples can be believed against all of them together, from 0 (not at all) to 1: size ÷ (size + k), where k
 * is the variance within samples ÷ the variance between them, both estimated from the samples (Bühlmann and Straub, 1970).
 * Where samples differ no more than chance makes them differ, none is believed against the whole.
 */
export const credibilities = (samples: readonly Sample[]): number[] => {
  const total = samples.reduce((sum, { size }) => sum + size, 0);
  const among = samples.length;
  const none = samples.map(() => 0);
  if (among < 2 || total <= among) return none;
  const mean = samples.reduce((sum, { size, share }) => sum + size * share, 0) / total;
  const within = samples.reduce((sum, { size, share }) => sum + size * share * (1 - share), 0) / (total - among);
  const spread = samples.reduce((sum, { size, share }) => sum + size * (share - mean) ** 2, 0);
  const between =
    (spread - (among - 1) * within) / (total - samples.reduce((sum, { size }) => sum + size ** 2, 0) / total);
  if (between <= 0) return none;
  return samples.map(({ size }) => size / (size + within / between));
};
