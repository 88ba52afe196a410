const everyMs = 1_000;

interface Shell {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Tells somebody at a shell that work goes on, and for how long: on one line, or once where nobody looks on. */
export const waiting = async <Result>(
  what: string,
  work: Promise<Result>,
  shell: Shell = process.stderr,
): Promise<Result> => {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    if (shell.isTTY) shell.write(`\r${what} … ${seconds} s`);
    else if (seconds === 1) shell.write(`${what} …\n`);
  }, everyMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (shell.isTTY && seconds > 0) shell.write('\r\u001b[K');
  }
};
