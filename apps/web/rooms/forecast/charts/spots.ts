/** Something that is told of a place in a chart. */
export interface Spot {
  readonly x: number;
  /** Where it is not told by the whole height. */
  readonly y?: number;
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly text: string; readonly color?: string }[];
  /** What is marked in the chart while it is told. */
  readonly marks: readonly { readonly y: number; readonly color: string }[];
}

/** The spot that is nearest to a place: by its height, too, where it has one. */
export const nearest = (spots: readonly Spot[], x: number, y: number): number | undefined => {
  const distance = (spot: Spot): number => Math.hypot(spot.x - x, spot.y === undefined ? 0 : spot.y - y);
  const distances = spots.map(distance);
  return distances.length ? distances.indexOf(Math.min(...distances)) : undefined;
};
