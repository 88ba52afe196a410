/** The line on which charts stand. Its figures take their colour from the stylesheet. */
export const axisLine = { stroke: 'var(--line-strong)' } as const;
