import { InvalidArgumentError } from 'commander';

interface AgeWeight {
  readonly fromDays: number;
  readonly weight: number;
}

const parts = (text: string): string[] => text.split(',').map((part) => part.trim());

/** `lead=0.1,need=0.4` */
export const readWeights = (text: string): Record<string, number> => {
  const read = new Map<string, number>();
  for (const part of parts(text)) {
    const [, stage, weight] = /^([^=]+)=(\d*\.?\d+)$/.exec(part) ?? [];
    if (stage === undefined)
      throw new InvalidArgumentError('Expected stage=weight with weights from 0 to 1, such as lead=0.1,need=0.4.');
    if (read.has(stage)) throw new InvalidArgumentError(`Expected each stage once, ${stage} is there twice.`);
    read.set(stage, Number(weight));
  }
  return Object.fromEntries(read);
};

/** Weights, or none: as it was. */
export const readWeightsOrNone = (text: string): Record<string, number> =>
  text === 'as-it-was' ? {} : readWeights(text);

/** `proposal:0=0.6,proposal:90=0.2`: from how many days in the stage on, what weight. */
export const readAgeWeights = (text: string): Record<string, AgeWeight[]> => {
  const read: Record<string, AgeWeight[]> = {};
  for (const part of parts(text)) {
    const [, stage, days, weight] = /^([^=]+):(\d{1,5})=(\d*\.?\d+)$/.exec(part) ?? [];
    if (stage === undefined)
      throw new InvalidArgumentError('Expected stage:days=weight, such as proposal:0=0.6,proposal:90=0.2.');
    (read[stage] ??= []).push({ fromDays: Number(days), weight: Number(weight) });
  }
  for (const ages of Object.values(read)) ages.sort((one, other) => one.fromDays - other.fromDays);
  return read;
};
