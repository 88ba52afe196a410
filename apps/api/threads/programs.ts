/** The programs that the threads of the API run; they are built beside it. */
export const programsIn = (built: URL) => ({
  forecaster: new URL('forecaster.js', built),
  reporter: new URL('reporter.js', built),
  carrier: new URL('carrier.js', built),
});
export type Programs = Readonly<ReturnType<typeof programsIn>>;
