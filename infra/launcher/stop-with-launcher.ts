const stopWithinMs = 15_000;

/**
 * Runs in each child before its own code. The channel to the launcher closes when the launcher ends, however it ends;
 * the child then stops as if it had been asked to, and at the latest after fifteen seconds. Nobody reads its output
 * any more by then, which must not break it off. A worker thread inherits this; it has no channel, open or closed.
 */
const source = `
  const stop = () => {
    process.stdout.on('error', () => {});
    process.stderr.on('error', () => {});
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${stopWithinMs}).unref();
    process.kill(process.pid, 'SIGTERM');
  };
  if (process.connected) {
    process.once('disconnect', stop);
    process.channel.unref();
  } else if (process.connected === false) stop();
`;

/** The options of Node that make a child stop with the launcher. */
export const stopWithLauncher: readonly string[] = ['--import', `data:text/javascript,${encodeURIComponent(source)}`];
