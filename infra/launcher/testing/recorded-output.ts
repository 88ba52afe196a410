import type { Output } from '../service.ts';

export interface RecordedOutput extends Output {
  readonly said: string[];
  readonly warned: string[];
}

export const recordedOutput = (): RecordedOutput => {
  const said: string[] = [];
  const warned: string[] = [];
  return { said, warned, say: (line) => said.push(line), warn: (line) => warned.push(line) };
};
