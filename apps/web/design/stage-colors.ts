const shades = 8;

/** The colour of a stage: the stages of a funnel share one family that deepens towards its bottom. */
export const stageColor = (index: number, count: number): string => {
  const shade = count <= 1 ? 3 : Math.round((index * (shades - 2)) / (count - 1));
  return `var(--stage-${Math.min(shades - 1, Math.max(0, shade))})`;
};
